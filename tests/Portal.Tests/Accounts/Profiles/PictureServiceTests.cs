using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using SkiaSharp;

namespace Portal.Tests.Accounts.Profiles;

public sealed class PictureServiceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPictureService Pictures => _host.Get<IPictureService>();

    [Fact]
    public async Task A_picture_comes_changes_and_goes_under_versions_of_its_own()
    {
        var (user, browser) = await NewPersonAsync();
        var person = await _host.PersonAsync(browser);

        var first = await SavedAsync(person, PictureFiles.Photo());
        Assert.Equal(first, (await _host.PersonAsync(browser)).FindFirst(SessionClaims.PictureType)?.Value);
        Assert.Equal(first, (await _host.Get<IProfileService>().FindAsync(person, Token))!.PictureVersion);
        var second = await SavedAsync(person, PictureFiles.Encode(SKEncodedImageFormat.Png));
        Assert.NotEqual(first, second);
        Assert.Null(await Pictures.FindAsync(person, first!, Token));
        Assert.Equal("image/webp", (await Pictures.FindAsync(person, second!, Token))!.ContentType);

        Assert.Equal(new PictureOutcome.Saved(null), await Pictures.RemoveAsync(person, Token));
        Assert.Equal(new PictureOutcome.Saved(null), await Pictures.RemoveAsync(person, Token));
        Assert.Null(await Pictures.FindAsync(person, second!, Token));
        Assert.Null((await _host.PersonAsync(browser)).FindFirst(SessionClaims.PictureType));
        Assert.Equal(3, await _host.QueryAsync(context => context.AuditEvents.CountAsync(row => row.SubjectId == user.Id && row.Kind == "picture-changed", Token)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_file_may_have_five_megabytes_and_not_a_byte_more(int more)
    {
        var (_, browser) = await NewPersonAsync();
        var person = await _host.PersonAsync(browser);
        var former = await SavedAsync(person, PictureFiles.Photo());
        // What follows the end of a JPEG is no part of it.
        var file = PictureFiles.Photo();
        Array.Resize(ref file, IPictureService.MaxBytes + more);

        var outcome = await Pictures.SaveAsync(person, new MemoryStream(file), Token);

        if (more == 0)
        {
            Assert.NotEqual(former, Assert.IsType<PictureOutcome.Saved>(outcome).Version);
        }
        else
        {
            Assert.Equal(new PictureOutcome.Refused("This file is larger than 5 MB. Choose a smaller one."), outcome);
            Assert.NotNull(await Pictures.FindAsync(person, former!, Token));
        }
    }

    [Fact]
    public async Task An_endless_file_is_not_read_to_its_end()
    {
        var (_, browser) = await NewPersonAsync();
        using var endless = new Endless();

        Assert.IsType<PictureOutcome.Refused>(await Pictures.SaveAsync(await _host.PersonAsync(browser), endless, Token));

        Assert.InRange(endless.Read, IPictureService.MaxBytes, IPictureService.MaxBytes + 1_000_000);
    }

    [Fact]
    public async Task A_refused_file_keeps_everything_as_it_was()
    {
        var (_, browser) = await NewPersonAsync();
        var person = await _host.PersonAsync(browser);
        var former = await SavedAsync(person, PictureFiles.Photo());

        Assert.IsType<PictureOutcome.Refused>(await Pictures.SaveAsync(person, new MemoryStream("<svg/>"u8.ToArray()), Token));

        Assert.NotNull(await Pictures.FindAsync(person, former!, Token));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task Another_persons_picture_is_as_unknown_as_none()
    {
        var (_, theirs) = await NewPersonAsync();
        var (_, browser) = await NewPersonAsync();
        var version = await SavedAsync(await _host.PersonAsync(theirs), PictureFiles.Photo());

        Assert.Null(await Pictures.FindAsync(await _host.PersonAsync(browser), version!, Token));
        Assert.Null(await Pictures.FindAsync(new ClaimsPrincipal(), version!, Token));
    }

    [Fact]
    public async Task A_session_that_has_ended_changes_no_picture()
    {
        var (_, browser) = await NewPersonAsync();
        var person = await _host.PersonAsync(browser);
        await SavedAsync(person, PictureFiles.Photo());
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.IsType<PictureOutcome.Gone>(await Pictures.SaveAsync(person, new MemoryStream(PictureFiles.Photo()), Token));
        Assert.IsType<PictureOutcome.Gone>(await Pictures.RemoveAsync(person, Token));
        Assert.True(await _host.QueryAsync(context => context.Pictures.AnyAsync(picture => picture.UserId == person.UserId(), Token)));
    }

    [Fact]
    public async Task Several_at_once_leave_one()
    {
        var (_, browser) = await NewPersonAsync();
        var person = await _host.PersonAsync(browser);

        var versions = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => SavedAsync(person, PictureFiles.Photo()))));

        var kept = await _host.QueryAsync(context => context.Pictures.Where(picture => picture.UserId == person.UserId()).Select(picture => picture.Version).SingleAsync(Token));
        Assert.Contains(kept, versions);
        Assert.Equal(5, versions.Distinct().Count());
    }

    private async Task<(TestUser User, HttpClient Browser)> NewPersonAsync()
    {
        var user = await _host.CreateUserAsync();
        return (user, await _host.BeginSessionAsync(user));
    }

    private async Task<string?> SavedAsync(ClaimsPrincipal person, byte[] file) =>
        Assert.IsType<PictureOutcome.Saved>(await Pictures.SaveAsync(person, new MemoryStream(file), Token)).Version;

    private sealed class Endless : MemoryStream
    {
        public new long Read { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Read += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}

using System.Security.Claims;
using Portal.Accounts.Profiles;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

/// <summary>How often somebody who is signed in may do what costs something. Two of each here.</summary>
public sealed class OwnLimitsTests : IAsyncLifetime
{
    private const string FullName = "profile.full_name";

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPictureService Pictures => _host.Get<IPictureService>();

    private IProfileService Profiles => _host.Get<IProfileService>();

    private IPrivacyService Privacy => _host.Get<IPrivacyService>();

    public async ValueTask InitializeAsync() => _host = await OwnAccountHost.StartAsync(options =>
    {
        options.Settings["RateLimits:Picture"] = "2 per hour";
        options.Settings["RateLimits:Profile"] = "2 per hour";
        options.Settings["RateLimits:Export"] = "2 per hour";
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task After_so_many_pictures_the_next_one_waits_and_the_last_one_stays()
    {
        var (user, person) = await _host.NewPersonAsync();
        var (_, other) = await _host.NewPersonAsync();
        await PictureAsync(person);
        var last = Assert.IsType<PictureOutcome.Saved>(await PictureAsync(person)).Version!;
        _host.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(new PictureOutcome.Throttled(TimeSpan.FromMinutes(40)), await PictureAsync(await _host.PersonOfAsync(user)));

        Assert.NotNull(await Pictures.FindAsync(person, last, Token));
        Assert.IsType<PictureOutcome.Saved>(await PictureAsync(other));
        _host.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.IsType<PictureOutcome.Saved>(await PictureAsync(person));
    }

    [Fact]
    public async Task What_makes_no_picture_breaks_off_or_takes_one_away_does_not_count()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<PictureOutcome.Refused>(await Pictures.SaveAsync(person, new MemoryStream("no picture"u8.ToArray()), Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pictures.SaveAsync(person, new MemoryStream(PictureFiles.Photo()), stopped.Token));
            Assert.IsType<PictureOutcome.Saved>(await Pictures.RemoveAsync(person, Token));
        }

        Assert.IsType<PictureOutcome.Saved>(await PictureAsync(person));
        Assert.IsType<PictureOutcome.Saved>(await PictureAsync(person));
        Assert.IsType<PictureOutcome.Throttled>(await PictureAsync(person));
        Assert.IsType<PictureOutcome.Saved>(await Pictures.RemoveAsync(person, Token));
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task Of_many_pictures_at_once_no_more_are_even_looked_at()
    {
        var (_, person) = await _host.NewPersonAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PictureAsync(person), Token)));

        Assert.Equal((2, 6), (outcomes.OfType<PictureOutcome.Saved>().Count(), outcomes.OfType<PictureOutcome.Throttled>().Count()));
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task After_so_many_changes_the_next_one_waits_and_changes_nothing()
    {
        var (user, person) = await _host.NewPersonAsync();
        var (_, other) = await _host.NewPersonAsync();
        await ProfileAsync(person, "Ada");
        await ProfileAsync(person, "Augusta");
        _host.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(new ProfileOutcome.Throttled(TimeSpan.FromMinutes(40)), await ProfileAsync(await _host.PersonOfAsync(user), "Ada"));

        Assert.Equal("Augusta", (await Profiles.FindAsync(person, Token))!.Values[FullName]);
        Assert.IsType<ProfileOutcome.Saved>(await ProfileAsync(other, "Ada"));
        _host.Clock.Advance(TimeSpan.FromMinutes(40));
        Assert.IsType<ProfileOutcome.Saved>(await ProfileAsync(person, "Ada"));
    }

    [Fact]
    public async Task A_save_that_changes_nothing_or_is_refused_does_not_count_and_is_answered_at_the_limit_too()
    {
        var (_, person) = await _host.NewPersonAsync();
        await ProfileAsync(person, "Ada");
        var read = (await Profiles.FindAsync(person, Token))!;
        await AllButChangesAsync();

        Assert.IsType<ProfileOutcome.Saved>(await ProfileAsync(person, "Augusta"));
        Assert.IsType<ProfileOutcome.Throttled>(await ProfileAsync(person, "Ada"));
        await AllButChangesAsync();

        async Task AllButChangesAsync()
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.IsType<ProfileOutcome.Saved>(await ProfileAsync(person, (await Profiles.FindAsync(person, Token))!.Values[FullName]!));
                Assert.IsType<ProfileOutcome.Invalid>(await ProfileAsync(person, new string('a', 300)));
                Assert.IsType<ProfileOutcome.Conflict>(await Profiles.SaveAsync(person, Edit("Lovelace") with { Version = "another than " + read.Version }, Token));
            }
        }
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task After_so_many_exports_the_next_one_waits_and_is_not_noted()
    {
        var (user, person) = await _host.NewPersonAsync();
        Assert.Null(Privacy.ExportRetryAfter(person));
        Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync(person, Token));
        Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync(person, Token));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new ExportOutcome.Throttled(TimeSpan.FromMinutes(59)), await Privacy.ExportAsync(await _host.PersonOfAsync(user), Token));

        Assert.Equal(TimeSpan.FromMinutes(59), Privacy.ExportRetryAfter(person));
        Assert.Equal(2, (await _host.EventsOfAsync(user.Id)).Count(kind => kind == "data-exported"));
        Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync((await _host.NewPersonAsync()).Person, Token));
        _host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(Privacy.ExportRetryAfter(person));
        Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync(await _host.PersonOfAsync(user), Token));
    }

    [Fact]
    public async Task An_export_that_needs_the_password_first_does_not_count()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<ExportOutcome.NeedsRecentAuthentication>(await Privacy.ExportAsync(person, Token));
        }

        Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync(await _host.PersonOfAsync(user), Token));
    }

    private static ProfileEdit Edit(string name) => new(new Dictionary<string, string?> { [FullName] = name });

    private Task<PictureOutcome> PictureAsync(ClaimsPrincipal person) => Pictures.SaveAsync(person, new MemoryStream(PictureFiles.Photo(width: 8, height: 8)), Token);

    private Task<ProfileOutcome> ProfileAsync(ClaimsPrincipal person, string name) => Profiles.SaveAsync(person, Edit(name), Token);
}

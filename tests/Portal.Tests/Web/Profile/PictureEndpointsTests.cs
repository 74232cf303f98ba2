using System.Net;
using Portal.Accounts.Profiles;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Web.Profile;

public sealed class PictureEndpointsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_person_has_their_picture_for_their_own_browser_to_keep()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var path = await UploadAsync(browser);

        using var answer = await browser.GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal((true, false, TimeSpan.FromDays(365)), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.Public, answer.Headers.CacheControl.MaxAge));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("RIFF"u8.ToArray(), (await answer.Content.ReadAsByteArrayAsync(Token))[..4]);
        Assert.Contains($"src=\"{path}\"", await browser.GetStringAsync("/account/sessions", Token), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task Nobody_else_has_it()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var other = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var stranger = _host.CreateClient();
        var path = await UploadAsync(browser);

        using var toOther = await other.GetAsync(path, Token);
        using var toStranger = await stranger.GetAsync(path, Token);
        using var nonsense = await browser.GetAsync("/account/picture/..%2Fx", Token);

        Assert.Equal(HttpStatusCode.NotFound, toOther.StatusCode);
        Assert.StartsWith("/login?", toStranger.LeadsTo(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, nonsense.StatusCode);
    }

    private async Task<string> UploadAsync(HttpClient browser)
    {
        var outcome = await _host.Get<IPictureService>().SaveAsync(await _host.PersonAsync(browser), new MemoryStream(PictureFiles.Photo()), Token);
        return PortalUrls.Picture(Assert.IsType<PictureOutcome.Saved>(outcome).Version!);
    }
}

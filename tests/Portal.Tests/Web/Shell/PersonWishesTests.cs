using System.Globalization;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;
using Portal.Accounts.Sessions;
using Portal.Shell;
using Portal.Testing;

namespace Portal.Tests.Web.Shell;

public sealed class PersonWishesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_browser_takes_over_the_look_at_sign_in_and_keeps_it_afterwards()
    {
        var user = await _host.CreateUserAsync();
        await WishAsync(user, (PreferenceNames.Theme, "dark"));
        using var browser = _host.CreateClient();
        using var signedIn = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

        Assert.Contains("data-theme=\"dark\"", await browser.GetStringAsync(PortalUrls.ProfilePath, Token), StringComparison.Ordinal);

        Assert.Equal("dark", _host.CookiesOf(browser).GetCookies(_host.BaseAddress)["portal-theme"]!.Value);
        await PortalHost.PostFormAsync(browser, PortalUrls.ProfilePath, PortalUrls.SignOutPath, [], Token);
        Assert.Contains("data-theme=\"dark\"", await browser.GetStringAsync(PortalUrls.SignInPath, Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("light", "data-theme=\"light\"")]
    [InlineData("system", "<html lang=\"en\">")]
    public async Task A_browser_with_a_choice_of_its_own_keeps_it(string choice, string document)
    {
        var user = await _host.CreateUserAsync();
        await WishAsync(user, (PreferenceNames.Theme, "dark"));
        using var browser = await _host.BeginSessionAsync(user);
        _host.CookiesOf(browser).Add(_host.BaseAddress, new Cookie("portal-theme", choice));

        Assert.Contains(document, await browser.GetStringAsync(PortalUrls.ProfilePath, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_its_script_the_language_and_zone_the_person_chose_and_nothing_where_they_chose_none()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        Assert.DoesNotContain("data-zone", await browser.GetStringAsync(PortalUrls.SessionsPath, Token), StringComparison.Ordinal);

        await WishAsync(user, (PreferenceNames.Language, "de"), (PreferenceNames.TimeZone, "Europe/Zurich"));

        var page = await browser.GetStringAsync(PortalUrls.SessionsPath, Token);
        Assert.Contains("data-locale=\"de\" data-zone=\"Europe/Zurich\"", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "1,5")]
    [InlineData("tlh", "1.5")]
    [InlineData(null, "1.5")]
    public async Task Numbers_are_written_in_the_persons_language_while_they_are_served_and_no_longer(string? language, string number)
    {
        var before = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var written = "";
        var wishes = new PersonWishes(_ =>
        {
            written = 1.5.ToString(CultureInfo.CurrentCulture);
            return Task.CompletedTask;
        });
        IEnumerable<Claim> claims = language is null ? [] : [new Claim(SessionClaims.LocaleType, language)];

        await wishes.InvokeAsync(new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(claims, "test")) });

        Assert.Equal(number, written);
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }

    private async Task WishAsync(TestUser user, params (string Name, string Value)[] wishes)
    {
        using var other = await _host.BeginSessionAsync(user);
        var edit = new ProfileEdit(wishes.ToDictionary(wish => wish.Name, wish => (string?)wish.Value));
        Assert.IsType<ProfileOutcome.Saved>(await _host.Get<IProfileService>().SaveAsync(await _host.PersonAsync(other), edit, Token));
    }
}

using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;
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
    public async Task The_page_tells_its_script_the_zone_the_person_chose_and_nothing_where_they_chose_none()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        Assert.DoesNotContain("data-zone", await browser.GetStringAsync(PortalUrls.SessionsPath, Token), StringComparison.Ordinal);

        await WishAsync(user, (PreferenceNames.Language, "de"), (PreferenceNames.TimeZone, "Europe/Zurich"));

        var page = await browser.GetStringAsync(PortalUrls.SessionsPath, Token);
        Assert.Contains("data-zone=\"Europe/Zurich\"", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_written_in_their_own_language_whatever_that_of_the_machine()
    {
        var before = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        var written = "";
        var wishes = new PersonWishes(_ =>
        {
            written = string.Create(CultureInfo.CurrentCulture, $"{1.5} {new DateTime(2026, 5, 1):MMM} {CultureInfo.CurrentUICulture}");
            return Task.CompletedTask;
        });

        await wishes.InvokeAsync(new DefaultHttpContext());

        Assert.Equal("1.5 May en", written);
        Assert.Equal((before, before), (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
    }

    private async Task WishAsync(TestUser user, params (string Name, string Value)[] wishes)
    {
        using var other = await _host.BeginSessionAsync(user);
        var edit = new ProfileEdit(wishes.ToDictionary(wish => wish.Name, wish => (string?)wish.Value));
        Assert.IsType<ProfileOutcome.Saved>(await _host.Get<IProfileService>().SaveAsync(await _host.PersonAsync(other), edit, Token));
    }
}

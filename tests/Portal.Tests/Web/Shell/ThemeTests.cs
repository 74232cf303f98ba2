using System.Net;
using Microsoft.Net.Http.Headers;
using Portal.Shell;

namespace Portal.Tests.Web.Shell;

public sealed class ThemeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/theme.css", "--portal-accent:#0e5a57;", "--portal-accent:#78cdbf;")]
    [InlineData("/theme.mud.css", "--mud-palette-primary: rgba(14,90,87,1);", "--mud-palette-primary: rgba(120,205,191,1);")]
    public async Task A_style_sheet_holds_both_appearances_and_follows_the_system_unless_told_otherwise(string path, string light, string dark)
    {
        await using var host = await ShellHost.StartAsync();

        var css = await host.Client.GetStringAsync(path, Token);

        var media = css.IndexOf("@media (prefers-color-scheme:dark){:root:not([data-theme=light])", StringComparison.Ordinal);
        var chosen = css.IndexOf(":root[data-theme=dark]", StringComparison.Ordinal);
        Assert.Contains(light, css[..media]);
        Assert.Contains(dark, css[media..chosen]);
        Assert.Contains(dark, css[chosen..]);
    }

    [Fact]
    public async Task A_style_sheet_may_be_kept_for_ever_under_its_own_version_only()
    {
        await using var host = await ShellHost.StartAsync();

        Assert.Equal("public, max-age=31536000, immutable", await CachingAsync($"/theme.css?v={ThemeStyles.Portal.Version}"));
        Assert.Equal("no-cache", await CachingAsync("/theme.css?v=another"));
        Assert.Equal("no-cache", await CachingAsync("/theme.css"));

        async Task<string> CachingAsync(string path) => Assert.Single((await host.Client.GetAsync(path, Token)).Headers.GetValues("Cache-Control"));
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("light")]
    public async Task A_choice_is_remembered_for_a_year_and_written_into_the_document(string choice)
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.PostAsync("/trial/card", "[data-theme-switch]", ("theme", choice), ("returnUrl", "/trial/card"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/trial/card", answer.Headers.Location!.ToString());
        var cookie = SetCookieHeaderValue.Parse(answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("portal-theme", StringComparison.Ordinal)));
        Assert.Equal(choice, cookie.Value.ToString());
        Assert.Equal(TimeSpan.FromDays(365), cookie.MaxAge);
        Assert.True(cookie.HttpOnly);
        Assert.Contains($"<html lang=\"en\" data-theme=\"{choice}\">", await GetAsync(host, $"portal-theme={choice}"));
    }

    [Fact]
    public async Task Following_the_system_again_is_a_choice_too()
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.PostAsync("/trial/card", "[data-theme-switch]", ("theme", "system"), ("returnUrl", "/trial/card"));

        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("portal-theme=system; max-age=31536000", StringComparison.Ordinal));
        Assert.Contains("<html lang=\"en\">", await GetAsync(host, "portal-theme=system"));
    }

    [Fact]
    public async Task A_forged_cookie_reaches_no_markup()
    {
        await using var host = await ShellHost.StartAsync();

        Assert.Contains("<html lang=\"en\">", await GetAsync(host, "portal-theme=\"><script>"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("")]
    public async Task The_switch_leads_nowhere_else(string returnUrl)
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.PostAsync("/trial/card", "[data-theme-switch]", ("theme", "dark"), ("returnUrl", returnUrl));

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_fourth_appearance_is_refused()
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.PostAsync("/trial/card", "[data-theme-switch]", ("theme", "neon"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.StartsWith("portal-theme", StringComparison.Ordinal));
    }

    private static async Task<string> GetAsync(ShellHost host, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/trial/card");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await host.Client.SendAsync(request, Token);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}

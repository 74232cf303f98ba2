using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portal.Accounts.SignIn;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

public sealed class SignOutTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task Signing_out_ends_the_session_for_the_cookie_that_somebody_kept_too()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        using var other = await _host.BeginSessionAsync(user);
        using var thief = _host.CreateClient();
        _host.CookiesOf(thief).Add(_host.CookiesOf(browser).GetCookies(_host.BaseAddress));
        Assert.True(await thief.IsSignedInAsync());

        using var answer = await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);

        Assert.Equal("/signed-out?reason=you", answer.LeadsTo());
        Assert.Equal(["\"cache\", \"storage\""], answer.Headers.GetValues("Clear-Site-Data"));
        Assert.Null(await _host.SessionIdOfAsync(browser, Token));
        Assert.False(await thief.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
        var row = await _host.RowAsync(await _host.IdAsync(thief));
        Assert.Equal(("you", null), (row.EndReason, row.Ticket));
    }

    [Fact]
    public async Task A_form_without_its_token_signs_nobody_out()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var answer = await browser.PostAsync("/logout", new FormUrlEncodedContent([]), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_page_left_open_since_its_session_ended_still_leads_out()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var form = await PortalHost.OpenFormAsync(browser, "/account/sessions", "/logout", Token);
        await _host.EndSessionAsync(await _host.IdAsync(browser), Token);

        using var answer = await browser.PostAsync("/logout", form.ToContent(), Token);

        Assert.Equal("/signed-out?reason=you", answer.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "3.5.3")]
    public async Task A_link_signs_nobody_out()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var answer = await browser.GetAsync("/logout", Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
        Assert.Equal("Not this way", (await answer.PageAsync()).QuerySelector("h1")!.TextContent);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Signing_in_and_out_want_a_response_that_has_not_started()
    {
        var http = new DefaultHttpContext { RequestServices = _host.Services };
        http.Features.Set<IHttpResponseFeature>(new Started());
        var signIn = _host.Get<ISignInService>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => signIn.SignInAsync(http, "ana", "secret", false, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => signIn.SignOutAsync(http));
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}

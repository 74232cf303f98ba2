using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Administration;

/// <summary>When acting as somebody else is over, and what becomes of the administrator's own session then.</summary>
public sealed class ImpersonationEndsTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;
    private TestUser _person = null!;
    private HttpClient _browser = null!;
    private string _own = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        _person = await _host.CreateUserAsync();
        _browser = await _host.BeginSessionAsync(_admin, address: "198.51.100.7");
        _own = await _host.IdAsync(_browser);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("demoted")]
    [InlineData("deactivated")]
    [InlineData("promoted")]
    public async Task It_is_over_at_once_when_the_administrator_or_their_session_goes_or_the_person_administers(string what)
    {
        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        (await _browser.ActAsAsync(_person)).Dispose();
        var acted = await _host.IdAsync(_browser);
        await using var tab = await TrialTab.OpenAsync(_host, _browser);
        Assert.True(await _browser.IsSignedInAsync());

        switch (what)
        {
            case "ended":
                await _host.EndSessionAsync(_own, Token);
                break;
            case "demoted":
                await _host.Get<IRoleAdmin>().RemoveAsync(_admin.Email, RoleNames.Administrator, Operator.CommandLine, Token);
                break;
            case "deactivated":
                await _host.Get<IUserAdmin>().DeactivateAsync(_admin.Email, Operator.CommandLine, Token);
                break;
            default:
                await _host.Get<IRoleAdmin>().AddAsync(_person.Email, RoleNames.Administrator, Operator.CommandLine, Token);
                break;
        }

        Assert.Equal("left", (await _host.RowAsync(acted)).EndReason);
        await tab.IsOverAsync();
        Assert.Equal(SessionEndReason.Left, tab.Circuit.EndReason);
        Assert.False(await _browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Going_back_to_a_session_that_is_over_leads_to_the_sign_in()
    {
        (await _browser.ActAsAsync(_person)).Dispose();
        var form = await PortalHost.OpenFormAsync(_browser, "/account", "/account/own", Token);
        await _host.EndSessionAsync(_own, Token);

        using var answer = await _browser.PostAsync(form.Action, form.ToContent(), Token);

        Assert.Equal("/signed-out?reason=left", answer.LeadsTo());
        Assert.Contains("Sign in again", await _browser.GetStringAsync(answer.LeadsTo(), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_meanwhile_leaves_no_session_behind()
    {
        (await _browser.ActAsAsync(_person)).Dispose();

        (await PortalHost.PostFormAsync(_browser, "/account", "/logout", [], Token)).Dispose();

        Assert.Empty(await _host.AllSessionsAsync());
        Assert.Equal("you", (await _host.RowAsync(_own)).EndReason);
    }

    [Fact]
    public async Task It_lasts_an_hour_at_most_however_busy_and_the_own_session_waits_that_long()
    {
        (await _browser.ActAsAsync(_person)).Dispose();
        for (var minutes = 0; minutes < 55; minutes += 5)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(5));
            Assert.True(await _browser.IsSignedInAsync());
        }

        _host.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.False(await _browser.IsSignedInAsync());
        await _host.Get<SessionSweeper>().SweepAsync(Token);
        Assert.Null((await _host.RowAsync(_own)).EndedAt);
    }

    [Fact]
    public async Task Of_a_start_and_an_end_of_the_own_session_at_once_no_session_is_left_over()
    {
        for (var round = 0; round < 10; round++)
        {
            using var browser = await _host.BeginSessionAsync(_admin);
            var own = await _host.IdAsync(browser);
            var form = (await PortalHost.OpenFormAsync(browser, $"/admin/impersonate/{_person.Id}", "/admin/impersonate", Token))
                .With("user", $"{_person.Id}").With("reason", ActingAs.Reason);

            await Task.WhenAll(
                Task.Run(async () => (await browser.PostAsync(form.Action, form.ToContent(), Token)).Dispose(), Token),
                Task.Run(() => _host.EndSessionAsync(own, Token), Token));

            Assert.False(await _host.QueryAsync(context => context.Sessions.AnyAsync(
                (UserSession row) => row.EndedAt == null && row.ImpersonatorSessionId == own, Token)));
        }
    }
}

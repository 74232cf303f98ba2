using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;
using Portal.Admin;
using Portal.Testing;
using Portal.Tests.Accounts.Administration;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

/// <summary>The sessions of a user's page, on the doors of a running portal.</summary>
public sealed class UserSessionsTests(SharedHost shared) : IClassFixture<SharedHost>, IAsyncDisposable
{
    private readonly PortalHost _host = shared.Host;
    private readonly PanelContext _circuit = new();

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task Ending_all_of_ones_own_says_how_many_that_is_and_spares_the_one_in_use()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        using var desk = await _host.BeginSessionAsync(admin);
        using var first = await _host.BeginSessionAsync(admin);
        using var second = await _host.BeginSessionAsync(admin);
        var panel = Render(_host.Get<ISessionAdmin>(), admin, await _host.PersonAsync(desk));
        Assert.StartsWith("3 sessions.", panel.Find("p:has(> a)").TextContent, StringComparison.Ordinal);

        var asked = Press(panel, "End all sessions");
        _circuit.Dialogs.WaitForAssertion(() => Assert.Contains($"End 2 sessions of {admin.Email}?", _circuit.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Contains("Ends 2 sessions of 1 person. Your own session stays.", _circuit.Dialogs.Markup, StringComparison.Ordinal);
        await _circuit.PressAsync("End 2 sessions");
        await asked;

        Assert.Equal("2 sessions have ended.", panel.Find("[role=status]").TextContent);
        Assert.Equal((true, false, false), (await desk.IsSignedInAsync(), await first.IsSignedInAsync(), await second.IsSignedInAsync()));
    }

    [Fact]
    public async Task Where_an_administrator_acts_as_them_it_is_said_who()
    {
        var (admin, user) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync());
        using var theirs = await _host.BeginSessionAsync(user);
        using var acting = await _host.BeginSessionAsync(admin);
        (await acting.ActAsAsync(user)).Dispose();

        var panel = Render(_host.Get<ISessionAdmin>(), user, await _host.PersonAsync(theirs));

        Assert.Equal($"{admin.Email} acts as them", Assert.Single(panel.FindAll("li .badge")).TextContent);
        Assert.Equal(2, panel.FindAll("li").Count);
    }

    [Fact]
    public void Of_more_than_are_shown_it_says_how_many_there_are_and_where_they_are()
    {
        var panel = Render(new ManySessions(), new TestUser(7, "person@example.org", null, ""), new ClaimsPrincipal());

        var line = panel.Find("p:has(> a)");
        Assert.StartsWith("The newest 1 of 1,234 sessions.", line.TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/sessions?user=7", line.QuerySelector("a")!.GetAttribute("href"));
    }

    private static Task Press(IRenderedComponent<UserSessions> panel, string button) => panel.FindAll("button").Single(found => found.TextContent == button).ClickAsync();

    private IRenderedComponent<UserSessions> Render(ISessionAdmin sessions, TestUser user, ClaimsPrincipal person)
    {
        _circuit.Services.AddSingleton(sessions);
        return _circuit.Render<UserSessions>(parameters => parameters.Add(shown => shown.UserId, user.Id).Add(shown => shown.Email, user.Email).Add(shown => shown.Person, person));
    }

    /// <summary>More sessions than a page has.</summary>
    private sealed class ManySessions : ISessionAdmin
    {
        public Task<ListPage<LiveSessionInfo>> ListAsync(SessionSearch search, ListWindow window, CancellationToken cancellationToken) => Task.FromResult(new ListPage<LiveSessionInfo>(
            [
                new LiveSessionInfo(
                    new SessionInfo { Id = "one", UserId = 7, CreatedAt = default, LastSeenAt = default, ExpiresAt = default, Agent = new AgentInfo("Firefox", "140", "Linux", DeviceClass.Desktop), Method = "pwd" },
                    "person@example.org", null, null),
            ],
            new ListTotal(1234), Next: "more", Previous: null));

        public Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SessionKinds> KindsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SessionsPreview> PreviewAsync(SessionChoice which, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, Action<long>? progress, CancellationToken stop) => throw new NotSupportedException();

        public Task<(int Ended, int Deleted)?> CleanAsync(Operator by, Action<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

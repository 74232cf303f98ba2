using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Admin;
using Portal.Controls;
using Portal.Controls.Lists;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

public sealed class RolePanelTests : IAsyncLifetime
{
    private readonly PanelContext _panel = new();
    private readonly FakeRoles _roles = new();

    public RolePanelTests() => _panel.Services.AddSingleton<IRoleAdmin>(_roles).AddSingleton(new Site("Portal", new Uri("https://portal.example")));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public async Task A_role_that_more_have_than_are_counted_is_deleted_and_shown_how_far_it_is()
    {
        var panel = Render();
        var deleting = await DeleteAsync(panel, "More than 10,000 people will lose it");

        _roles.Progress!(3000);

        panel.WaitForAssertion(() => Assert.Contains("3,000 people have lost it. It goes on if you leave this page.", panel.Markup, StringComparison.Ordinal));
        Assert.True(ButtonOf(panel, "Delete role").HasAttribute("disabled"));
        _roles.Outcome.SetResult(new AdminOutcome.Done { Members = 20_000 });
        await deleting;
        Assert.EndsWith(PortalUrls.AdminRolesPath, _panel.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_few_the_bar_says_how_many_of_them_have_lost_it()
    {
        _roles.Members = new ListTotal(2500);
        var panel = Render();
        var deleting = await DeleteAsync(panel, "2,500 people will lose it");

        _roles.Progress!(1000);

        panel.WaitForAssertion(() => Assert.Equal(("1000", "2500"), (panel.Find("progress").GetAttribute("value"), panel.Find("progress").GetAttribute("max"))));
        Assert.Contains("1,000 of 2,500 people have lost it.", panel.Markup, StringComparison.Ordinal);
        _roles.Outcome.SetResult(new AdminOutcome.Done { Members = 2500 });
        await deleting;
    }

    [Fact]
    public async Task Stopped_it_says_how_many_have_lost_it_and_how_to_go_on()
    {
        var panel = Render();
        var deleting = await DeleteAsync(panel, "will lose it");

        await ButtonOf(panel, "Stop").ClickAsync(new());

        Assert.True(_roles.Stop.IsCancellationRequested);
        Assert.Equal("Stopping…", ButtonOf(panel, "Stopping…").TextContent);
        _roles.Outcome.SetResult(new AdminOutcome.Done { Members = 3000, IsStopped = true });
        await deleting;
        panel.WaitForAssertion(() => Assert.Contains(
            "Ended early: 3,000 people have lost it. The others keep it; to go on, press Delete role again.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(panel.FindAll("progress"));
        Assert.False(ButtonOf(panel, "Delete role").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Stopped_before_it_began_it_says_that_nobody_has_lost_it()
    {
        var panel = Render();
        var deleting = await DeleteAsync(panel, "will lose it");

        await ButtonOf(panel, "Stop").ClickAsync(new());
        _roles.Outcome.SetCanceled(_roles.Stop);
        await deleting;

        panel.WaitForAssertion(() => Assert.Contains("Stopped. Nobody has lost it.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_left_the_page_meanwhile_is_not_taken_away_from_another()
    {
        var panel = Render();
        var deleting = await DeleteAsync(panel, "will lose it");
        _panel.GoTo("/admin/users");

        panel.Instance.Dispose();
        _roles.Outcome.SetResult(new AdminOutcome.Done { Members = 20_000 });
        await deleting;

        Assert.False(_roles.Stop.IsCancellationRequested);
        Assert.EndsWith("/admin/users", _panel.Address, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement ButtonOf(IRenderedComponent<RolePanel> panel, string words) => panel.FindAll("button").Single(button => button.TextContent == words);

    /// <summary>Presses Delete, says yes, and waits until it is under way. What is returned ends with it.</summary>
    private async Task<Task> DeleteAsync(IRenderedComponent<RolePanel> panel, string question)
    {
        var deleting = ButtonOf(panel, "Delete role").ClickAsync(new());
        _panel.Dialogs.WaitForAssertion(() => Assert.Contains(question, _panel.Dialogs.Markup, StringComparison.Ordinal));
        await _panel.PressAsync("Delete role");
        panel.WaitForAssertion(() => Assert.NotNull(_roles.Progress));
        return deleting;
    }

    private IRenderedComponent<RolePanel> Render() => _panel.Render<RolePanel>(parameters => parameters
        .Add(panel => panel.Id, "3")
        .Add(panel => panel.Address, ListAddress.Of("http://localhost/admin/roles/3")));

    private sealed class FakeRoles : IRoleAdmin
    {
        public ListTotal Members { get; set; } = ListTotal.Many;

        public TaskCompletionSource<AdminOutcome> Outcome { get; } = new();

        public Action<long>? Progress { get; private set; }

        public CancellationToken Stop { get; private set; }

        public Task<RoleDetails?> FindAsync(string role, CancellationToken cancellationToken) =>
            Task.FromResult<RoleDetails?>(new RoleDetails(new RoleInfo(3, "reader", null, true), Members, "one"));

        public Task<ListPage<RoleMember>> MembersAsync(long roleId, ListWindow window, CancellationToken cancellationToken) =>
            Task.FromResult(new ListPage<RoleMember>([], Members, null, null));

        public Task<AdminOutcome> DeleteAsync(string role, Operator by, string? version, Action<long>? progress, CancellationToken cancellationToken)
        {
            Assert.Equal(("3", "one"), (role, version));
            (Progress, Stop) = (progress, cancellationToken);
            return Outcome.Task;
        }

        public Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ListPage<RoleDetails>> PageAsync(string? text, ListWindow window, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<RoleMember>> CandidatesAsync(long roleId, string text, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> EditAsync(string role, RoleEdit edit, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;
using Portal.Admin;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

public sealed class DomainPanelTests : IAsyncLifetime
{
    private readonly PanelContext _panel = new();
    private readonly FakeDomains _domains = new();

    public DomainPanelTests() => _panel.Services.AddSingleton<IDomainAdmin>(_domains).AddSingleton<IDomainLabelAdmin>(new FakeLabels());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public async Task Blocking_says_first_whom_it_reaches_and_then_what_it_ended()
    {
        var panel = Render();

        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        _panel.Dialogs.WaitForAssertion(() => Assert.Contains("Blocks 9 people and ends 14 sessions of 5 people, 2 of them online now.", _panel.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(_domains.Decided);
        await _panel.PressAsync("Block");
        await asking;

        panel.WaitForAssertion(() => Assert.Contains("example.org is blocked. 14 sessions ended.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["blocked"], _domains.Decided);
    }

    [Fact]
    public async Task While_its_people_follow_it_shows_how_many_have()
    {
        _domains.Held = new TaskCompletionSource();
        var panel = Render();

        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Block");
        panel.WaitForAssertion(() => Assert.NotNull(_domains.Progress));
        _domains.Progress!(3);

        panel.WaitForAssertion(() => Assert.Equal("3", panel.Find("progress").GetAttribute("value")));
        Assert.Equal("9", panel.Find("progress").GetAttribute("max"));
        Assert.Contains("3 of 9 people are blocked. It goes on if you leave this page.", panel.Markup, StringComparison.Ordinal);
        Assert.All(panel.FindAll("#decide ~ p button"), button => Assert.True(button.HasAttribute("disabled")));

        _domains.Held.SetResult();
        await asking;
        Assert.Empty(panel.FindAll("progress"));
    }

    [Fact]
    public async Task While_its_people_follow_what_is_known_of_it_is_saved()
    {
        _domains.Held = new TaskCompletionSource();
        var panel = Render();
        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Block");
        panel.WaitForAssertion(() => Assert.NotNull(_domains.Progress));

        await panel.Find("#category").ChangeAsync(new() { Value = "1" });
        await panel.FindAll("form").Single().SubmitAsync();

        panel.WaitForAssertion(() => Assert.Contains("Saved.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, Assert.Single(_domains.Edits).CategoryId);
        Assert.Single(panel.FindAll("progress"));
        _domains.Held.SetResult();
        await asking;
    }

    [Fact]
    public async Task Stopped_while_its_people_follow_it_says_how_many_have_and_how_to_go_on()
    {
        _domains.Held = new TaskCompletionSource();
        var panel = Render();
        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Block");
        panel.WaitForAssertion(() => Assert.NotNull(_domains.Progress));
        _domains.Progress!(3);

        await panel.FindAll("button").Single(button => button.TextContent == "Stop").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Contains(
            "Stopped: 3 of 9 people are blocked. To go on, press Block again. Within a day of the decision, while it stands, the portal goes on by itself once an hour, but not with people about whom something was decided since.",
            panel.Find("[role=status]").TextContent,
            StringComparison.Ordinal));
        await asking;
        Assert.Empty(panel.FindAll("progress"));
        Assert.False(panel.FindAll("button").Single(button => button.TextContent == "Block again").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Stopped_when_all_have_followed_it_is_done_and_nothing_says_that_some_are_left()
    {
        _domains.Held = new TaskCompletionSource();
        _domains.HeedsStop = false;
        var panel = Render();
        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Block");
        panel.WaitForAssertion(() => Assert.NotNull(_domains.Progress));
        _domains.Progress!(9);

        await panel.FindAll("button").Single(button => button.TextContent == "Stop").ClickAsync(new());
        _domains.Held.SetResult();
        await asking;

        panel.WaitForAssertion(() => Assert.Contains("example.org is blocked. 14 sessions ended.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_more_people_follow_than_were_counted_it_says_how_many_have()
    {
        _domains.Held = new TaskCompletionSource();
        var panel = Render();
        var asking = panel.FindAll("button").Single(button => button.TextContent == "Verify").ClickAsync(new());
        await _panel.PressAsync("Verify");
        panel.WaitForAssertion(() => Assert.NotNull(_domains.Progress));
        _domains.Progress!(12);

        panel.WaitForAssertion(() => Assert.Contains(">12 people are verified. It goes on if you leave this page.", panel.Markup, StringComparison.Ordinal));
        await panel.FindAll("button").Single(button => button.TextContent == "Stop").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Contains("Stopped: 12 people are verified. To go on, press Verify again.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        await asking;
    }

    [Fact]
    public async Task Thinking_better_of_it_blocks_nobody()
    {
        var panel = Render();

        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Cancel");
        await asking;

        Assert.Empty(_domains.Decided);
    }

    [Fact]
    public async Task Who_has_not_proved_it_of_late_is_asked_for_the_password_and_need_not_begin_anew()
    {
        _domains.Refusal = new AdminOutcome.NeedsRecentAuthentication();
        var panel = Render();

        var asking = panel.FindAll("button").Single(button => button.TextContent == "Block").ClickAsync(new());
        await _panel.PressAsync("Block");
        await _panel.ProveAsync();
        await asking;

        panel.WaitForAssertion(() => Assert.Equal(["blocked"], _domains.Decided));
    }

    [Fact]
    public async Task A_refusal_is_told_in_its_words()
    {
        _domains.Refusal = new AdminOutcome.Refused([new FieldError("Domain", "You would block yourself.")]);
        var panel = Render();

        await panel.FindAll("button").Single(button => button.TextContent == "Moderate").ClickAsync(new());

        Assert.Contains("You would block yourself.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_saved_meanwhile_is_asked_for_each_time_where_both_changed_it_and_only_there()
    {
        _domains.Theirs["one"] = new AdminOutcome.Conflict("two", [new FieldConflict("flagged", "false", "true"), new FieldConflict("flag_source", "a list", "mine")]);
        // A third one, while the question is open.
        _domains.Theirs["two"] = new AdminOutcome.Conflict("three", [new FieldConflict("flag_source", "another list", "mine")]);
        var panel = Render();

        await panel.Find("#flagged").ChangeAsync(new() { Value = true });
        await panel.Find("#flag-source").InputAsync("mine");
        var saving = panel.FindAll("form").Single().SubmitAsync();
        _panel.Dialogs.WaitForAssertion(() => Assert.Contains("There now: “a list”", _panel.Dialogs.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Flagged</legend>", _panel.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("[role=alert]"));
        await _panel.Dialogs.Find("input[value=yours]").ChangeAsync("yours");
        await _panel.Dialogs.Find("#conflict").SubmitAsync();
        _panel.Dialogs.WaitForAssertion(() => Assert.Contains("There now: “another list”", _panel.Dialogs.Markup, StringComparison.Ordinal));
        await _panel.Dialogs.Find("#conflict").SubmitAsync();
        await saving;

        panel.WaitForAssertion(() => Assert.Contains("Saved.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            [("one", null, true, "mine"), ("two", null, true, "mine"), ("three", (long?)null, (bool?)true, (string?)null)],
            _domains.Edits.Select(edit => (edit.Version, edit.CategoryId, edit.IsFlagged, edit.FlagSource)));
    }

    private IRenderedComponent<DomainPanel> Render() => _panel.Render<DomainPanel>(parameters => parameters.Add(panel => panel.Name, "example.org"));

    private sealed class FakeDomains : IDomainAdmin
    {
        /// <summary>The answer to the next change; then all go well.</summary>
        public AdminOutcome? Refusal { get; set; }

        public List<string> Decided { get; } = [];

        /// <summary>What is answered to who read a version.</summary>
        public Dictionary<string, AdminOutcome> Theirs { get; } = [];

        public List<DomainEdit> Edits { get; } = [];

        public Task<DomainInfo?> FindAsync(string domain, CancellationToken cancellationToken) => Task.FromResult<DomainInfo?>(new DomainInfo
        {
            Id = 1,
            Name = domain,
            Status = Decided.LastOrDefault() ?? "new",
            Users = new UserCountInfo(9, 9, 0, 9, 0, 0, 0),
            Version = "one",
        });

        public Task<DomainEffect> PreviewAsync(string domain, string status, CancellationToken cancellationToken) => Task.FromResult(new DomainEffect(9, new ListTotal(14), 5, 2));

        /// <summary>What a decision waits for; null for nothing.</summary>
        public TaskCompletionSource? Held { get; set; }

        /// <summary>False when a stop comes too late.</summary>
        public bool HeedsStop { get; set; } = true;

        public Action<long>? Progress { get; private set; }

        public async Task<AdminOutcome> SetAsync(string domain, string status, Operator by, Action<long>? progress, CancellationToken cancellationToken)
        {
            if (Refusal is { } refusal)
            {
                Refusal = null;
                return refusal;
            }

            Progress = progress;
            Decided.Add(status);
            await (Held?.Task ?? Task.CompletedTask).WaitAsync(HeedsStop ? cancellationToken : CancellationToken.None);
            return new AdminOutcome.Done(14);
        }

        public Task<DomainList> ListAsync(DomainFilter filter, DomainSort sort, bool isDescending, ListWindow? window, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, Action<long>? progress, CancellationToken cancellationToken)
        {
            Edits.Add(edit);
            return Task.FromResult(Theirs.GetValueOrDefault(edit.Version!, new AdminOutcome.Done()));
        }

        public Task<AdminOutcome> DeleteAsync(string domain, Operator by, string? version, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class FakeLabels : IDomainLabelAdmin
    {
        public Task<DomainLabels> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new DomainLabels([new(1, "company")], []));

        public Task<AdminOutcome> AddCategoryAsync(string name, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> DeleteCategoryAsync(long id, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> AddOrganisationAsync(OrganisationEdit organisation, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> EditOrganisationAsync(long id, OrganisationEdit organisation, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AdminOutcome> DeleteOrganisationAsync(long id, Operator by, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

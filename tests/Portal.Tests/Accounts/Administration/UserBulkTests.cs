using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Mail;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Profiles;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Many at once: what is foretold, what is done, what is left out, and where it stops.</summary>
public sealed partial class UserBulkTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserBulk Bulk => _host.Get<IUserBulk>();

    public async ValueTask InitializeAsync()
    {
        _host = await OwnAccountHost.StartAsync();
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_preview_tells_what_the_run_then_does()
    {
        var people = await PeopleAsync(4);
        using var first = await _host.BeginSessionAsync(people[0]);
        using var second = await _host.BeginSessionAsync(people[0]);
        using var third = await _host.BeginSessionAsync(people[1]);
        await using var tab = await TrialTab.OpenAsync(_host, third);
        await _host.Get<IUserAdmin>().DeactivateAsync(people[3].Email, Operator.CommandLine, Token);
        var by = await _host.OperatorAsync(_admin);
        var request = new BulkRequest(BulkAction.Deactivate, new UserSelection.Some([.. people.Select(person => person.Id), _admin.Id])) { Reason = "clearing up" };

        var preview = await Bulk.PreviewAsync(request, by, Token);
        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(request, by, stop: Token));

        Assert.Equal((5, 3, 1, true, false, 3, 1), (
            preview.Selected.Count, preview.Changing.Count, preview.AlreadySo.Count, preview.SkipsYourself, preview.SkipsLastAdministrator, preview.EndingSessions.Count, preview.OnlineNow));
        Assert.Equal((5, 3, 1, 1, 3, 0, false), (done.Seen, done.Changed, done.AlreadySo, done.Skipped, done.EndedSessions, done.Failed, done.IsStopped));
        Assert.False(await first.IsSignedInAsync());
        Assert.True((await _host.Get<IUserAdmin>().FindAsync(_admin.Email, Token))!.IsActive);
    }

    [Fact]
    public async Task The_log_has_one_event_for_the_batch_and_one_for_each_person_that_names_it()
    {
        var people = await PeopleAsync(3);

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(
            new BulkRequest(BulkAction.Verify, Some(people)) { Reason = "known to us" }, await _host.OperatorAsync(_admin), stop: Token));

        var rows = (await _host.AuditRowsAsync()).Where(row => row.Details?.Contains(done.Batch, StringComparison.Ordinal) is true).ToList();
        var batch = Assert.Single(rows, row => row.Kind == AuditKind.BatchStarted.ToName());
        Assert.Equal((null, _admin.Id), (batch.SubjectId, batch.ActorId));
        Assert.Equal(people.Select(person => (long?)person.Id), rows.Where(row => row.Kind == AuditKind.Verified.ToName()).Select(row => row.SubjectId));
        Assert.All(rows, row => Assert.Contains("known to us", row.Details, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_searched_for_is_not_kept_with_the_batch_that_is_nobodys()
    {
        var person = Assert.Single(await PeopleAsync(1));

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(
            new BulkRequest(BulkAction.Verify, new UserSelection.Matching(new UserFilter { Text = person.Email })), await _host.OperatorAsync(_admin), stop: Token));

        Assert.Equal(1, done.Changed);
        var batch = Assert.Single(await _host.AuditRowsAsync(), row => row.Kind == AuditKind.BatchStarted.ToName() && row.Details!.Contains(done.Batch, StringComparison.Ordinal));
        Assert.Contains("\"by_text\":true", batch.Details, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Email, batch.Details, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Everybody_whom_a_filter_matches_is_met_once_though_they_drop_out_of_it()
    {
        await _host.Get<IRoleAdmin>().CreateAsync("guest", null, Operator.CommandLine, Token);
        var people = await PeopleAsync(7);
        foreach (var person in people.Skip(1))
        {
            await _host.Get<IRoleAdmin>().AddAsync(person.Email, "guest", Operator.CommandLine, Token);
        }

        var request = new BulkRequest(BulkAction.TakeRole, new UserSelection.Matching(new UserFilter { Role = "guest" })) { Role = "guest" };
        var preview = await Bulk.PreviewAsync(request, Operator.CommandLine, Token);
        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(request, Operator.CommandLine, stop: Token));

        Assert.Equal((6, 6), (preview.Selected.Count, preview.Changing.Count));
        Assert.Equal((6, 6, 0), (done.Seen, done.Changed, done.Failed));
        Assert.All(await Task.WhenAll(people.Select(person => _host.Get<IUserAdmin>().FindAsync(person.Email, Token))), person => Assert.Empty(person!.Roles));
    }

    [Fact]
    public async Task Who_comes_to_match_after_it_began_was_not_meant()
    {
        await _host.Get<IRoleAdmin>().CreateAsync("guest", null, Operator.CommandLine, Token);
        var people = await PeopleAsync(3);
        foreach (var person in people.Take(2))
        {
            await _host.Get<IRoleAdmin>().AddAsync(person.Email, "guest", Operator.CommandLine, Token);
        }

        var told = new Told(progress =>
        {
            if (progress.Seen == 1)
            {
                _host.Get<IRoleAdmin>().AddAsync(people[2].Email, "guest", Operator.CommandLine, Token).GetAwaiter().GetResult();
            }
        });
        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(
            new BulkRequest(BulkAction.Verify, new UserSelection.Matching(new UserFilter { Role = "guest" })), Operator.CommandLine, told, Token));

        Assert.Equal((2, 2), (done.Seen, done.Changed));
        Assert.Null((await _host.Get<IUserAdmin>().FindAsync(people[2].Email, Token))!.VerifiedAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("several-")]
    public async Task All_that_match_but_for_some_leaves_those_alone(string? text)
    {
        List<TestUser> people = [];
        for (var i = 0; i < 4; i++)
        {
            people.Add(await _host.CreateUserAsync($"several-{i}@example.net"));
        }

        // Somebody else is spared who would not have been met.
        var all = new UserSelection.Matching(new UserFilter { Domain = "example.net", Text = text }) { Except = [people[1].Id, _admin.Id] };
        var request = new BulkRequest(BulkAction.Verify, all);
        var preview = await Bulk.PreviewAsync(request, Operator.CommandLine, Token);
        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(request, Operator.CommandLine, stop: Token));

        Assert.Equal((new ListTotal(3), new ListTotal(3)), (preview.Selected, preview.Changing));
        Assert.Equal((3, 3), (done.Seen, done.Changed));
        Assert.Equal([true, false, true, true], await VerifiedAsync(people));
    }

    [Fact]
    public async Task Who_cannot_be_changed_is_listed_and_the_others_go_on()
    {
        var people = await PeopleAsync(3);
        await _host.Get<IUserAdmin>().DeactivateAsync(people[1].Email, Operator.CommandLine, Token);

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(new BulkRequest(BulkAction.SendReset, Some(people)), Operator.CommandLine, stop: Token));

        Assert.Equal((2, 1), (done.Changed, done.Failed));
        var failure = Assert.Single(done.Failures);
        Assert.Equal((people[1].Id, people[1].Email), (failure.UserId, failure.Email));
        Assert.NotEmpty(failure.Why);
        Assert.Single((await _host.PromisedAsync(people[2].Email)).OfType<AccountMail.ResetPassword>(), mail => mail.IsByAdministrator);
    }

    [Fact]
    public async Task Whose_account_cannot_even_be_read_is_listed_and_the_others_go_on()
    {
        var people = await PeopleAsync(3);
        await _host.QueryAsync(context => context.Database.ExecuteSqlAsync($"""UPDATE "Users" SET "UpdatedAt" = -1 WHERE "Id" = {people[1].Id}""", Token));

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(new BulkRequest(BulkAction.Verify, Some(people)), Operator.CommandLine, stop: Token));

        Assert.Equal((3, 2, 1, false), (done.Seen, done.Changed, done.Failed, done.IsStopped));
        Assert.Equal(new BulkFailure(people[1].Id, people[1].Email, "The portal could not do it; trying again later may help."), Assert.Single(done.Failures));
        Assert.NotNull((await _host.Get<IUserAdmin>().FindAsync(people[2].Email, Token))!.VerifiedAt);
    }

    [Fact]
    public async Task A_stop_leaves_done_what_is_done_and_says_how_much()
    {
        var people = await PeopleAsync(5);
        using var stop = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Seen == 1)
            {
                stop.Cancel();
            }
        });

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(new BulkRequest(BulkAction.Verify, Some(people)), Operator.CommandLine, told, stop.Token));

        Assert.Equal((true, 1, 1), (done.IsStopped, done.Seen, done.Changed));
        Assert.Equal([true, false, false, false, false], await VerifiedAsync(people));
    }

    [Fact]
    public async Task An_operator_who_loses_the_role_meanwhile_goes_no_further()
    {
        var people = await PeopleAsync(3);
        var second = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var by = await _host.OperatorAsync(second);
        var told = new Told(progress =>
        {
            if (progress.Seen == 1)
            {
                _host.Get<IRoleAdmin>().RemoveAsync(second.Email, RoleNames.Administrator, Operator.CommandLine, Token).GetAwaiter().GetResult();
            }
        });

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(new BulkRequest(BulkAction.Verify, Some(people)), by, told, Token));

        Assert.Equal((true, true, 1), (done.LostTheRight, done.IsStopped, done.Changed));
    }

    [Fact]
    public async Task It_does_not_begin_without_right_reason_or_role()
    {
        var people = await PeopleAsync(1);
        var plain = await _host.OperatorAsync(people[0]);
        var old = await _host.OperatorAsync(_admin);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.IsType<AdminOutcome.NotAllowed>(await WhyNotAsync(BulkAction.Verify, plain));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await WhyNotAsync(BulkAction.Deactivate, old));
        Assert.IsType<AdminOutcome.Refused>(await WhyNotAsync(BulkAction.Block, Operator.CommandLine));
        Assert.IsType<AdminOutcome.NotFound>(await WhyNotAsync(BulkAction.GiveRole, Operator.CommandLine));

        async Task<AdminOutcome> WhyNotAsync(BulkAction action, Operator by) =>
            Assert.IsType<BulkOutcome.Refused>(await Bulk.RunAsync(new BulkRequest(action, Some(people)) { Role = "no-such-role" }, by, stop: Token)).Why;
    }

    [Fact]
    public async Task The_last_administrator_is_foretold_to_stay_and_stays()
    {
        var second = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var request = new BulkRequest(BulkAction.Block, new UserSelection.Some([_admin.Id, second.Id])) { Reason = "by mistake" };

        var preview = await Bulk.PreviewAsync(request, Operator.CommandLine, Token);
        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(request, Operator.CommandLine, stop: Token));

        Assert.Equal((1, true), (preview.Changing.Count, preview.SkipsLastAdministrator));
        Assert.Equal((1, 1), (done.Changed, done.Skipped));
        Assert.True((await _host.Get<IUserAdmin>().FindAsync(second.Email, Token))!.IsActive);
    }

    private static UserSelection.Some Some(IEnumerable<TestUser> people) => new([.. people.Select(person => person.Id)]);

    private async Task<IEnumerable<bool>> VerifiedAsync(IEnumerable<TestUser> people) =>
        (await Task.WhenAll(people.Select(person => _host.Get<IUserAdmin>().FindAsync(person.Email, Token)))).Select(person => person!.VerifiedAt is not null);

    private async Task<IReadOnlyList<TestUser>> PeopleAsync(int count)
    {
        List<TestUser> people = [];
        for (var i = 0; i < count; i++)
        {
            people.Add(await _host.CreateUserAsync());
        }

        return people;
    }

    /// <summary>Hears at once, on the thread that tells.</summary>
    private sealed class Told(Action<BulkProgress> hear) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => hear(value);
    }
}

using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

// Whom it means, and who may begin it.
public sealed partial class UserBulkTests
{
    [Theory]
    [InlineData(BulkAction.Verify)]
    [InlineData(BulkAction.SendReset)]
    [InlineData(BulkAction.GiveRole)]
    [InlineData(BulkAction.TakeRole)]
    public async Task Whose_username_is_the_number_of_somebody_who_has_gone_meanwhile_is_left_alone(BulkAction action)
    {
        await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
        var people = await PeopleAsync(3);
        foreach (var person in action is BulkAction.TakeRole ? people : [])
        {
            await _host.Get<IRoleAdmin>().AddAsync(person.Email, "curator", Operator.CommandLine, Token);
        }

        // As settings may allow.
        await _host.SqlAsync($"""UPDATE "Users" SET "UserName" = {people[1].Id}, "NormalizedUserName" = {people[1].Id} WHERE "Id" = {people[2].Id}""");
        List<Task<AdminOutcome>> meanwhile = [];
        var told = new Told(progress =>
        {
            if (progress.Seen == 1)
            {
                meanwhile.Add(_host.Get<IUserAdmin>().DeleteAsync(people[1].Email, "They asked for it.", Operator.CommandLine, cancellationToken: Token));
            }
        });

        var done = Assert.IsType<BulkOutcome.Finished>(await Bulk.RunAsync(new BulkRequest(action, Some(people.Take(2))) { Role = "curator" }, Operator.CommandLine, told, Token));

        Assert.IsType<AdminOutcome.Done>(Assert.Single(await Task.WhenAll(meanwhile)));
        Assert.Equal((1, 1), (done.Changed, done.Failed));
        Assert.Equal(new BulkFailure(people[1].Id, null, "They are no longer there."), Assert.Single(done.Failures));
    }

    [Fact]
    public async Task Who_may_not_is_refused_before_anybody_is_looked_for()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var request = new BulkRequest(BulkAction.Verify, new UserSelection.Matching(new UserFilter { State = UserState.Active }));
        var by = await host.OperatorAsync(await host.CreateUserAsync());
        bool IsSought() => counter.Commands.Any(command => command.Contains("ORDER BY", StringComparison.Ordinal) && command.Contains("\"Users\"", StringComparison.Ordinal));
        await host.Get<IUserBulk>().RunAsync(request, Operator.CommandLine, stop: Token);
        var isSoughtForWhoMay = IsSought();
        counter.Forget();

        var refused = Assert.IsType<BulkOutcome.Refused>(await host.Get<IUserBulk>().RunAsync(request, by, stop: Token));

        Assert.IsType<AdminOutcome.NotAllowed>(refused.Why);
        Assert.Equal((true, false), (isSoughtForWhoMay, IsSought()));
    }

    [Fact]
    public async Task One_operator_has_one_long_batch_at_a_time()
    {
        var people = await PeopleAsync(2);
        var (everybody, two) = (new BulkRequest(BulkAction.Verify, new UserSelection.Matching(new UserFilter())), new BulkRequest(BulkAction.Verify, Some(people)));
        List<BulkOutcome> meanwhile = [];
        // On the thread that does it, which waits.
        var told = new Told(_ => meanwhile.AddRange(Task.WhenAll(
            Bulk.RunAsync(everybody, Operator.CommandLine, stop: Token), Bulk.RunAsync(two, Operator.CommandLine, stop: Token)).GetAwaiter().GetResult()));

        var done = await Bulk.RunAsync(everybody, Operator.CommandLine, told, Token);
        var again = await Bulk.RunAsync(everybody, Operator.CommandLine, stop: Token);

        Assert.IsType<BulkOutcome.Finished>(done);
        Assert.IsType<BulkOutcome.Finished>(meanwhile[1]);
        Assert.Contains("Another batch of yours", Assert.Single(Assert.IsType<AdminOutcome.Refused>(Assert.IsType<BulkOutcome.Refused>(meanwhile[0]).Why).Errors).Message, StringComparison.Ordinal);
        Assert.IsType<BulkOutcome.Finished>(again);
    }
}

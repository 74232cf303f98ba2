using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Administration;

/// <summary>What is foretold of a batch is what it then does.</summary>
public sealed class BulkPreviewsTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await OwnAccountHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Activating_lets_passwords_in_again_that_were_guessed_at_too_often()
    {
        var (guessed, nearly) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        await GuessedAsync(guessed, 100);
        await GuessedAsync(nearly, 99);

        var (preview, done) = await DoAsync(_host, BulkAction.Activate, guessed, nearly);

        Assert.Equal((1, 1), (preview.Changing.Count, preview.AlreadySo.Count));
        Assert.Equal((1, 1), (done.Changed, done.AlreadySo));
        Assert.False((await _host.Get<IUserAdmin>().FindAsync(guessed.Email, Token))!.HasTooManyWrongPasswords);
    }

    [Theory]
    [InlineData(BulkAction.Activate)]
    [InlineData(BulkAction.Confirm)]
    public async Task Whose_domain_is_blocked_is_told_to_be_refused_unless_the_address_was_confirmed(BulkAction action)
    {
        await _host.Get<IDomainAdmin>().SetAsync("good.shady.example", "moderated", Operator.CommandLine, Token);
        TestUser[] people =
        [
            await UnconfirmedAsync("one@shady.example"),
            await UnconfirmedAsync("two@mail.shady.example"),
            await UnconfirmedAsync("three@good.shady.example"),
            await UnconfirmedAsync("four@other.example"),
            await _host.CreateUserAsync("five@shady.example"),
        ];
        await _host.Get<IDomainAdmin>().SetAsync("shady.example", "blocked", Operator.CommandLine, Token);

        var (preview, done) = await DoAsync(_host, action, people);

        // The fifth was blocked with the domain, and was confirmed before.
        Assert.Equal(action is BulkAction.Activate ? (5, 3, 2, 0) : (5, 2, 2, 1), (preview.Selected.Count, preview.Changing.Count, preview.Refused.Count, preview.AlreadySo.Count));
        Assert.Equal((preview.Changing.Count, preview.Refused.Count, preview.AlreadySo.Count), (done.Changed, done.Failed, done.AlreadySo));
        Assert.Equal([people[0].Email, people[1].Email], done.Failures.Select(failure => failure.Email));
    }

    [Fact]
    public async Task Where_recovery_is_off_a_link_is_told_to_be_refused_to_all_but_who_were_invited()
    {
        await using var host = await OwnAccountHost.StartAsync(options => options.Settings["Accounts:Recovery"] = "false");
        var (active, inactive) = (await host.CreateUserAsync(), await host.CreateUserAsync(isActive: false));
        await host.Get<IUserAdmin>().InviteAsync(new Invitation { Email = "invited@example.org" }, Operator.CommandLine, Token);
        var found = (await host.Get<IUserAdmin>().FindAsync("invited@example.org", Token))!;

        var (preview, done) = await DoAsync(host, BulkAction.SendReset, active, inactive, new TestUser(found.Id, found.Email, null, ""));

        Assert.Equal((1, 1, 1), (preview.Changing.Count, preview.Refused.Count, preview.AlreadySo.Count));
        Assert.Equal((1, 2), (done.Changed, done.Failed));
    }

    private Task<TestUser> UnconfirmedAsync(string email) => _host.CreateUserAsync(email, isActive: false, isConfirmed: false);

    private static async Task<(BulkPreview Preview, BulkOutcome.Finished Done)> DoAsync(PortalHost host, BulkAction action, params IEnumerable<TestUser> people)
    {
        var (bulk, request) = (host.Get<IUserBulk>(), new BulkRequest(action, new UserSelection.Some([.. people.Select(person => person.Id)])));
        return (
            await bulk.PreviewAsync(request, Operator.CommandLine, Token),
            Assert.IsType<BulkOutcome.Finished>(await bulk.RunAsync(request, Operator.CommandLine, stop: Token)));
    }

    private Task GuessedAsync(TestUser user, int inARow) => _host.QueryAsync(context => context.Users
        .Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, inARow), Token));
}

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

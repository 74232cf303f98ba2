using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Somebody always administers, in whatever order two of them act, and nobody takes it from themself.</summary>
public sealed class LastAdministratorTests : IAsyncLifetime
{
    private static readonly string[] Losses = ["deactivate", "block", "delete", "demote"];

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pairs => [.. Losses.SelectMany(first => Losses.Select(second => (first, second)))];

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Of_two_administrators_who_lose_each_other_at_once_one_stays(string first, string second)
    {
        var (one, other) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var (byOne, byOther) = (await _host.OperatorAsync(one), await _host.OperatorAsync(other));

        var outcomes = await Task.WhenAll(
            Task.Run(() => LoseAsync(first, other, byOne), Token),
            Task.Run(() => LoseAsync(second, one, byOther), Token));

        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Done);
        // The loser of the race is refused as the last one's, or administers no more themself.
        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Refused or AdminOutcome.NotAllowed);
        var left = 0;
        foreach (var person in new[] { one, other })
        {
            left += await _host.Get<IUserAdmin>().FindAsync(person.Email, Token) is { IsActive: true, Roles.Count: 1 } ? 1 : 0;
        }

        Assert.Equal(1, left);
    }

    [Theory]
    [InlineData("deactivate")]
    [InlineData("block")]
    [InlineData("delete")]
    [InlineData("demote")]
    public async Task The_last_one_is_not_lost_and_nobody_loses_themself(string loss)
    {
        var last = await _host.CreateUserAsync(roles: RoleNames.Administrator);

        Assert.Equal([Memberships.LastAdministrator], Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, last, Operator.CommandLine)).Errors);

        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, last, await _host.OperatorAsync(last)));
        Assert.IsType<AdminOutcome.Done>(await LoseAsync(loss, last, Operator.CommandLine));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Each_of_them_needs_a_recent_proof()
    {
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var other = await _host.CreateUserAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(11));

        foreach (var loss in Losses)
        {
            Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await LoseAsync(loss, other, by));
        }
    }

    private Task<AdminOutcome> LoseAsync(string how, TestUser whom, Operator by) => how switch
    {
        "deactivate" => _host.Get<IUserAdmin>().DeactivateAsync(whom.Email, by, Token),
        "block" => _host.Get<IUserAdmin>().MoveAsync(whom.Email, UserMove.Block, "misuse", by, Token),
        "delete" => _host.Get<IUserAdmin>().DeleteAsync(whom.Email, "asked for it", by, Token),
        _ => _host.Get<IRoleAdmin>().RemoveAsync(whom.Email, RoleNames.Administrator, by, Token),
    };
}

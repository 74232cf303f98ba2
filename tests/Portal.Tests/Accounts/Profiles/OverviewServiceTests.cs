using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Profiles;

public sealed class OverviewServiceTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IOverviewService Overview => _host.Get<IOverviewService>();

    [Fact]
    public async Task A_new_account_is_told_as_it_is()
    {
        var (user, person) = await _host.NewPersonAsync(roles: "admin");

        var found = (await Overview.FindAsync(person, Token))!;

        Assert.Equal((user.Email, user.UserName, null, true), (found.Email, found.UserName, found.FullName, found.IsEmailConfirmed));
        Assert.Equal(["admin"], found.Roles);
        Assert.Equal((1, 0, 0), (found.Sessions, found.SessionsOnline, found.SessionsInDoubt));
        Assert.Equal((null, null, null), (found.LastLoginAt, found.NewEmail, found.NewEmailExpiresAt));
    }

    [Fact]
    public async Task The_name_comes_from_the_profile_and_the_last_sign_in_is_the_one_before()
    {
        var (user, person) = await _host.NewPersonAsync();
        var first = _host.Clock.GetUtcNow();
        await _host.PersonOfAsync(user);
        await SetProfileAsync(user, """{"full_name": "Ada", "affiliations": ""}""");

        var found = (await Overview.FindAsync(person, Token))!;

        Assert.Equal(("Ada", first, 2), (found.FullName, found.LastLoginAt, found.Sessions));
    }

    [Theory]
    [InlineData("""{"full_name": ""}""")]
    [InlineData("""{"full_name": 7}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task A_profile_without_a_name_has_none(string profile)
    {
        var (user, person) = await _host.NewPersonAsync();
        await SetProfileAsync(user, profile);

        var found = (await Overview.FindAsync(person, Token))!;
        Assert.Equal((null, true), (found.FullName, found.IsNameMissing));
    }

    [Fact]
    public async Task A_site_that_asks_for_no_name_misses_none()
    {
        await using var host = await OwnAccountHost.StartAsync(options =>
        {
            options.Settings["Profiles:Fields:0:Name"] = "motto";
            options.Settings["Profiles:Fields:0:Label"] = "Motto";
        });
        var (_, person) = await host.NewPersonAsync();

        Assert.False((await host.Get<IOverviewService>().FindAsync(person, Token))!.IsNameMissing);
    }

    [Fact]
    public async Task A_wish_for_another_address_is_told_with_its_limit()
    {
        var (_, person) = await _host.NewPersonAsync();
        await _host.Get<IEmailChangeService>().RequestAsync(person, "overview-wish@example.org", Token);

        var found = (await Overview.FindAsync(person, Token))!;

        Assert.Equal(("overview-wish@example.org", _host.Clock.GetUtcNow() + TimeSpan.FromMinutes(30)), (found.NewEmail, found.NewEmailExpiresAt));
    }

    [Fact]
    public async Task A_short_password_is_told_once_no_app_stands_beside_it()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AddSecondFactorAsync(user);
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.HasShortPassword, true), Token));
        var beside = (await Overview.FindAsync(person, Token))!;

        await _host.QueryAsync(context => context.Authenticators.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(Token));
        var alone = (await Overview.FindAsync(person, Token))!;

        Assert.Equal((true, false), (beside.HasSecondFactor, beside.IsPasswordShort));
        Assert.Equal((false, true), (alone.HasSecondFactor, alone.IsPasswordShort));
    }

    [Fact]
    public async Task Recovery_codes_that_are_left_are_counted_and_three_are_few()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AddSecondFactorAsync(user);
        var all = (await Overview.FindAsync(person, Token))!;
        await UseCodesAsync(6);
        var four = (await Overview.FindAsync(person, Token))!;
        await UseCodesAsync(1);
        var three = (await Overview.FindAsync(person, Token))!;

        Assert.Equal((10, false), (all.RecoveryCodesLeft, all.AreRecoveryCodesFew));
        Assert.Equal((4, false), (four.RecoveryCodesLeft, four.AreRecoveryCodesFew));
        Assert.Equal((3, true), (three.RecoveryCodesLeft, three.AreRecoveryCodesFew));

        async Task UseCodesAsync(int count)
        {
            var now = _host.Clock.GetUtcNow();
            await _host.QueryAsync(context => context.RecoveryCodes
                .Where(code => context.RecoveryCodes.Where(row => row.UserId == user.Id && row.UsedAt == null).OrderBy(row => row.Id).Take(count).Select(row => row.Id).Contains(code.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(code => code.UsedAt, now), Token));
        }
    }

    [Fact]
    public async Task Sessions_that_look_forgotten_or_foreign_are_counted_and_the_asking_one_never()
    {
        var (user, person) = await _host.NewPersonAsync();
        var forgotten = await _host.PersonOfAsync(user);
        await _host.PersonOfAsync(user);
        using var foreign = await _host.BeginSessionAsync(user, userAgent: "nothing that is known");
        var longAgo = _host.Clock.GetUtcNow() - TimeSpan.FromDays(8);
        foreach (var old in new[] { forgotten, person })
        {
            await _host.QueryAsync(context => context.Sessions.Where(session => session.Id == old.SessionId())
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, longAgo), Token));
        }

        var found = (await Overview.FindAsync(person, Token))!;

        Assert.Equal((4, 2), (found.Sessions, found.SessionsInDoubt));
    }

    [Fact]
    public async Task An_open_tab_makes_its_session_online_and_takes_it_out_of_doubt()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var foreign = await _host.BeginSessionAsync(user, userAgent: "nothing that is known");
        var circuit = new CircuitSession();
        circuit.Open("tab", _host.Get<SessionCache>().LifeOf(await _host.IdAsync(foreign), user.Id), _host.Clock.GetUtcNow());
        _host.Get<LiveCircuits>().Add(circuit);
        _host.Get<LiveCircuits>().Connected(circuit, isConnected: true);

        var found = (await Overview.FindAsync(person, Token))!;

        Assert.Equal((1, 0), (found.SessionsOnline, found.SessionsInDoubt));
        _host.Get<LiveCircuits>().Remove(circuit);
    }

    [Fact]
    public async Task An_ended_session_is_told_nothing()
    {
        var (_, person) = await _host.NewPersonAsync();
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.Null(await Overview.FindAsync(person, Token));
        Assert.Null(await Overview.FindAsync(new ClaimsPrincipal(), Token));
    }

    [Fact]
    public async Task It_is_one_query_however_many_sessions_and_roles_there_are()
    {
        var counter = new CommandCounter();
        await using var host = await OwnAccountHost.StartAsync(counter.AddTo);
        var (user, person) = await host.NewPersonAsync(roles: "admin");
        for (var i = 0; i < 5; i++)
        {
            await host.PersonOfAsync(user);
        }

        counter.Forget();
        Assert.Equal(6, (await host.Get<IOverviewService>().FindAsync(person, Token))!.Sessions);

        Assert.Single(counter.Commands);
    }

    private Task<int> SetProfileAsync(TestUser user, string profile) => _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id)
        .ExecuteUpdateAsync(row => row.SetProperty(found => found.Profile, profile), Token));
}

using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Audit;

/// <summary>What attempts to sign in leave in the log: who, when, from where, how.</summary>
public sealed class SignInEventsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Wrong = "not the password at all";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "16.2.1")]
    [Trait("ASVS", "16.2.2")]
    [Trait("ASVS", "16.3.1")]
    public async Task A_sign_in_tells_who_when_in_which_session_from_where_and_how()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("198.51.100.1");
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

        var row = (await _host.AuditRowsAsync()).Last(row => row.SubjectId == user.Id);

        Assert.Equal(("signed-in", user.Id, await _host.IdAsync(browser), "198.51.100.1"), (row.Kind, row.ActorId, row.SessionId, row.Ip));
        Assert.Equal((_host.Clock.GetUtcNow(), TimeSpan.Zero), (row.At, row.At.Offset));
        Assert.Equal("""{"browser":"Firefox","os":"Linux","method":"pwd"}""", row.Details);
    }

    [Fact]
    [Trait("ASVS", "16.3.1")]
    public async Task A_failed_sign_in_is_the_accounts_or_nobodys_and_never_holds_what_was_typed()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("198.51.100.2");
        await PortalHost.SignInAsync(browser, user, password: Wrong, cancellationToken: Token);
        await PortalHost.SignInAsync(browser, "my-secret-password", Wrong, cancellationToken: Token);

        var failed = (await _host.AuditRowsAsync()).Where(row => row.Ip == "198.51.100.2").ToList();

        Assert.Equal([user.Id, null], failed.Select(row => row.SubjectId));
        Assert.All(failed, row =>
        {
            Assert.Equal(("sign-in-failed", null, null), (row.Kind, row.ActorId, row.SessionId));
            Assert.Equal("""{"browser":"Firefox","os":"Linux","method":"pwd","reason":"rejected"}""", row.Details);
        });
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_known_and_an_unknown_name_cost_the_same_statements_when_a_sign_in_fails()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token);

        List<IReadOnlyList<string>> statements = [];
        foreach (var login in new[] { user.Email, "nobody@example.org" })
        {
            for (var i = 0; i < 7; i++)
            {
                counter.Forget();
                await PortalHost.SignInAsync(browser, login, Wrong, cancellationToken: Token);
                statements.Add(counter.Commands);
            }
        }

        Assert.Equal(statements.Take(7), statements.Skip(7));
        Assert.Contains(statements[0], statement => statement.Contains("INSERT INTO \"AuditEvents\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_keeps_an_account_out_after_the_right_password_is_its_reason()
    {
        var (unconfirmed, inactive) = (await _host.CreateUserAsync(isConfirmed: false), await _host.CreateUserAsync(isActive: false));
        using var browser = _host.CreateClient("198.51.100.3");
        await PortalHost.SignInAsync(browser, unconfirmed, cancellationToken: Token);
        await PortalHost.SignInAsync(browser, inactive, cancellationToken: Token);

        Assert.Contains("\"reason\":\"unconfirmed\"", (await _host.EventsAboutAsync(unconfirmed.Id))[^1]);
        Assert.Contains("\"reason\":\"inactive\"", (await _host.EventsAboutAsync(inactive.Id))[^1]);
    }

    [Fact]
    public async Task However_many_sign_ins_are_throttled_it_is_told_once_in_a_window_for_a_name()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        await FailAsync(browser, user.Email, 5 + 10);
        host.Clock.Advance(TimeSpan.FromMinutes(15));
        await FailAsync(browser, user.Email, 5 + 10);

        var kinds = (await host.EventsAboutAsync(user.Id)).GroupBy(text => text.Split(' ')[0]).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal((10, 2), (kinds["sign-in-failed"], kinds["sign-in-throttled"]));
    }

    [Fact]
    public async Task An_address_that_tries_many_names_is_told_once_and_is_nobodys()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient("203.0.113.9");
        for (var i = 0; i < 50; i++)
        {
            await PortalHost.SignInAsync(browser, $"nobody{i}@example.org", Wrong, cancellationToken: Token);
        }

        await FailAsync(browser, user.Email, 3);
        await FailAsync(browser, "somebody-else@example.org", 3);

        var throttled = Assert.Single(await host.AuditRowsAsync(), row => row.Kind == "sign-in-throttled");
        Assert.Null(throttled.SubjectId);
        Assert.Contains("\"reason\":\"address\"", throttled.Details);
    }

    [Fact]
    [Trait("ASVS", "16.2.5")]
    public async Task No_event_holds_a_password_an_address_of_mail_or_a_key()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        await PortalHost.SignInAsync(browser, user, password: Wrong, cancellationToken: Token);
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);

        var rows = await host.AuditRowsAsync();
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.All(
            new[] { Wrong, user.Password, user.Email, user.UserName! },
            secret => Assert.DoesNotContain(secret, row.Details ?? "", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task FailAsync(HttpClient browser, string login, int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await PortalHost.SignInAsync(browser, login, Wrong, cancellationToken: Token)).Dispose();
        }
    }
}

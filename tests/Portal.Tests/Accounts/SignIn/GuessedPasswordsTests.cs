using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Data;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Web.Api;
using Portal.Tests.Web.Cli;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>The hundred wrong passwords in a row that an account is worth, however slowly they come (NIST SP 800-63B-4, section 3.2.2).</summary>
public sealed class GuessedPasswordsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Wrong = "not the password at all";
    private const string New = "seven herons sleep by lamplight";

    private static int addresses;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task After_a_hundred_wrong_ones_the_right_one_is_answered_as_a_name_nobody_has_and_the_owner_is_mailed_once()
    {
        var user = await _host.CreateUserAsync();
        await GuessedAsync(user, 98);
        using var stranger = Stranger();
        using var ninetyNinth = await PortalHost.SignInAsync(stranger, user, password: Wrong, cancellationToken: Token);
        Assert.Equal(99, await CountAsync(user));
        using var hundredth = await PortalHost.SignInAsync(stranger, user, password: Wrong, cancellationToken: Token);

        using var right = await PortalHost.SignInAsync(stranger, user, cancellationToken: Token);
        using var unknown = await PortalHost.SignInAsync(stranger, "nobody-here@example.org", user.Password, cancellationToken: Token);

        Assert.False(await stranger.IsSignedInAsync());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (right.StatusCode, unknown.StatusCode));
        Assert.Equal((await unknown.PageAsync()).Alert(), (await right.PageAsync()).Alert());
        Assert.Contains("\"reason\":\"guessed\"", (await _host.EventsAboutAsync(user.Id))[^1], StringComparison.Ordinal);
        Assert.Equal(100, await CountAsync(user));
        await _host.Mails.WaitForAsync(user.Email, "guess your password", Token);
        Assert.Equal(1, await _host.QueryAsync(context => context.OutboxMails.CountAsync(mail => mail.UserId == user.Id && mail.Kind == "PasswordGuessed", Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_restart_forgets_none_and_what_is_not_compared_costs_what_an_unknown_name_does()
    {
        var counter = new CommandCounter();
        await using var first = await PortalHost.StartAsync();
        var user = await first.CreateUserAsync();
        await GuessedAsync(user, 99, first);
        using var before = await PortalHost.SignInAsync(first.CreateClient(), user, password: Wrong, cancellationToken: Token);
        await using var second = await PortalHost.StartAsync(options =>
        {
            options.DataDirectory = first.DataDirectory;
            counter.AddTo(options);
        });
        using var stranger = second.CreateClient();
        await PortalHost.OpenFormAsync(stranger, "/login", "sign-in", Token);

        counter.Forget();
        using var refused = await PortalHost.SignInAsync(stranger, user, cancellationToken: Token);
        var known = counter.Commands;
        counter.Forget();
        using var unknown = await PortalHost.SignInAsync(stranger, "nobody-here@example.org", user.Password, cancellationToken: Token);

        Assert.False(await stranger.IsSignedInAsync());
        Assert.Equal(known, counter.Commands);
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task The_owners_own_browser_takes_the_password_and_sets_the_count_back()
    {
        var user = await _host.CreateUserAsync();
        using var own = Stranger();
        (await PortalHost.SignInAsync(own, user, cancellationToken: Token)).Dispose();
        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();
        await GuessedAsync(user, 100);

        using var stranger = Stranger();
        using var refused = await PortalHost.SignInAsync(stranger, user, cancellationToken: Token);
        Assert.False(await stranger.IsSignedInAsync());
        using var atHome = await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        Assert.Equal("/account", atHome.LeadsTo());

        using var anywhere = await PortalHost.SignInAsync(Stranger(), user, cancellationToken: Token);
        Assert.Equal(("/account", 0), (anywhere.LeadsTo(), await CountAsync(user)));
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task A_program_is_let_in_again_once_its_owner_signed_in_in_a_browser_of_theirs()
    {
        var user = await _host.CreateUserAsync();
        using var own = Stranger();
        (await PortalHost.SignInAsync(own, user, cancellationToken: Token)).Dispose();
        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();
        using var program = Stranger();
        using var before = await AskAsync();
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await GuessedAsync(user, 100);

        using var refused = await AskAsync();
        (await PortalHost.SignInAsync(own, user, cancellationToken: Token)).Dispose();
        using var again = await AskAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, again.StatusCode));
        Assert.NotEmpty((await again.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("access_token").GetString()!);

        Task<HttpResponseMessage> AskAsync() => program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password, token = true }, Token);
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task Where_no_mail_leads_back_an_operator_lets_the_password_in_again_by_REST_and_by_the_command_line()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Recovery"] = "false");
        var (one, other, admin) = (await host.CreateUserAsync(), await host.CreateUserAsync(), await host.CreateUserAsync(roles: RoleNames.Administrator));
        foreach (var user in new[] { one, other })
        {
            await GuessedAsync(user, 100, host);
            using var refused = await PortalHost.SignInAsync(host.CreateClient(), user, cancellationToken: Token);
            Assert.NotEqual("/account", refused.LeadsTo());
            Assert.IsType<AdminOutcome.Refused>(await host.Get<IUserAdmin>().SendResetAsync(user.Email, Operator.CommandLine, Token));
        }

        using var desk = await host.BeginSessionAsync(admin);
        await ApiHost.SendTokenAsync(desk);
        Assert.True((await desk.GetFromJsonAsync<JsonElement>($"/api/admin/users/{one.Id}", Token)).GetProperty("too_many_wrong_passwords").GetBoolean());
        using var activated = await desk.PostAsJsonAsync($"/api/admin/users/{one.Id}/activate", new { reason = "Known by voice." }, Token);
        Assert.Equal(HttpStatusCode.OK, activated.StatusCode);
        using var cli = new CommandLine(host.DataDirectory);
        Assert.Contains("too many wrong passwords", (await cli.RunAsync("users", "show", other.Email)).Output, StringComparison.Ordinal);
        var done = await cli.JsonAsync("users", "activate", other.Email);
        Assert.Equal((true, false), (done.GetProperty("changed").GetBoolean(), done.GetProperty("user").GetProperty("too_many_wrong_passwords").GetBoolean()));

        foreach (var user in new[] { one, other })
        {
            using var answer = await PortalHost.SignInAsync(host.CreateClient(), user, cancellationToken: Token);
            Assert.Equal("/account", answer.LeadsTo());
        }

        var told = await host.QueryAsync(context => context.AuditEvents.AsNoTracking().SingleAsync(row => row.Kind == "activated" && row.SubjectId == one.Id, Token));
        Assert.Equal(admin.Id, told.ActorId);
        var details = JsonSerializer.Deserialize<JsonElement>(told.Details!);
        Assert.Equal(("Known by voice.", true, false), (
            details.GetProperty("reason").GetString(),
            details.GetProperty("before").GetProperty("too_many_wrong_passwords").GetBoolean(),
            details.GetProperty("after").GetProperty("too_many_wrong_passwords").GetBoolean()));
        Assert.IsType<AdminOutcome.Unchanged>(await host.Get<IUserAdmin>().ActivateAsync(one.Email, Operator.CommandLine, Token));
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task No_page_that_an_operator_left_open_lets_guessing_go_on()
    {
        var (guessed, nearly) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        await GuessedAsync(guessed, 100);
        await GuessedAsync(nearly, 99);
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var (users, all) = (_host.Get<IUserAdmin>(), new BulkRequest(BulkAction.Activate, new UserSelection.Some([guessed.Id, nearly.Id])));

        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await users.ActivateAsync(guessed.Email, by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(Assert.IsType<BulkOutcome.Refused>(await _host.Get<IUserBulk>().RunAsync(all, by, stop: Token)).Why);
        foreach (var user in new[] { guessed, nearly })
        {
            Assert.IsType<AdminOutcome.Done>(await users.MoveAsync(user.Email, UserMove.Verify, reason: null, Operator.CommandLine, Token));
        }

        Assert.Equal((100, 99), (await CountAsync(guessed), await CountAsync(nearly)));
    }

    [Fact]
    public async Task Whoever_has_no_password_is_not_said_to_have_given_wrong_ones()
    {
        var user = await _host.CreateUserAsync();
        await GuessedAsync(user, 100);
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token));

        Assert.False((await _host.Get<IUserAdmin>().FindAsync(user.Email, Token))!.HasTooManyWrongPasswords);
        Assert.IsType<AdminOutcome.Unchanged>(await _host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token));
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task A_passkey_goes_on()
    {
        var (user, passkey, _) = await _host.NewOwnerAsync();
        await GuessedAsync(user, 100);

        using var answer = await Stranger().SignInByPasskeyAsync(passkey);

        Assert.Equal("/account", answer.LeadsTo());
    }

    [Fact]
    public async Task A_new_password_by_mail_begins_anew()
    {
        var user = await _host.CreateUserAsync();
        await GuessedAsync(user, 100);
        using var browser = Stranger();
        (await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", user.Email)], Token)).Dispose();
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(user.Email, "Choose a new password", Token)).PathAndQuery;
        (await PortalHost.PostFormAsync(browser, link, "reset-password", [new("Input.Password", New), new("Input.ConfirmPassword", New)], Token)).Dispose();

        using var answer = await PortalHost.SignInAsync(browser, user, password: New, cancellationToken: Token);

        Assert.Equal(("/account", 0), (answer.LeadsTo(), await CountAsync(user)));
    }

    [Fact]
    public async Task A_right_one_in_between_begins_the_count_anew()
    {
        var user = await _host.CreateUserAsync();
        using var browser = Stranger();
        for (var i = 0; i < 2; i++)
        {
            (await PortalHost.SignInAsync(browser, user, password: Wrong, cancellationToken: Token)).Dispose();
        }

        Assert.Equal(2, await CountAsync(user));
        (await PortalHost.SignInAsync(browser, user, cancellationToken: Token)).Dispose();
        Assert.Equal(0, await CountAsync(user));
    }

    [Fact]
    public async Task Wrong_ones_in_a_running_session_count_too_and_the_right_one_is_taken_there_all_the_same()
    {
        var user = await _host.CreateUserAsync();
        using var session = await _host.BeginSessionAsync(user);
        await ApiHost.SendTokenAsync(session);
        await GuessedAsync(user, 99);

        using var wrong = await session.PostAsJsonAsync("/api/confirm-password", new { password = Wrong }, Token);
        Assert.Equal(100, await CountAsync(user));
        using var right = await session.PostAsJsonAsync("/api/confirm-password", new { password = user.Password }, Token);

        Assert.True(right.IsSuccessStatusCode);
        Assert.Equal(0, await CountAsync(user));
    }

    private HttpClient Stranger() => _host.CreateClient($"198.18.0.{Interlocked.Increment(ref addresses)}");

    private Task<int> GuessedAsync(TestUser user, int inARow, PortalHost? host = null) => (host ?? _host).QueryAsync(context => context.Users
        .Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, inARow), Token));

    private Task<int> CountAsync(TestUser user) =>
        _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).Select(row => row.AccessFailedCount).SingleAsync(Token));
}

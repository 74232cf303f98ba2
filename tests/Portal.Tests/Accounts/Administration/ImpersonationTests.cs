using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Web.Cli;

namespace Portal.Tests.Accounts.Administration;

/// <summary>An administrator acts as somebody else and comes back.</summary>
public sealed partial class ImpersonationTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;
    private TestUser _person = null!;
    private HttpClient _browser = null!;
    private string _own = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        _person = await _host.CreateUserAsync();
        _browser = await _host.BeginSessionAsync(_admin, address: "198.51.100.7");
        _own = await _host.IdAsync(_browser);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    [Trait("ASVS", "8.3.3")]
    public async Task The_browser_gets_a_session_of_the_person_that_names_both_and_the_own_one_stays()
    {
        using var answer = await _browser.ActAsAsync(_person);

        Assert.Equal("/account", answer.LeadsTo());
        var row = await _host.RowAsync(await _host.IdAsync(_browser));
        Assert.Equal((_person.Id, _admin.Id, _own), (row.UserId, row.ImpersonatorId, row.ImpersonatorSessionId));
        Assert.True(row.AbsoluteExpiresAt <= _host.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.False(row.IsPersistent);
        Assert.Null((await _host.RowAsync(_own)).EndedAt);
        // Nobody signed in: what the person is told of their sign-ins stays true.
        Assert.False(await _host.QueryAsync(context => context.LoginInformation.AnyAsync(login => login.UserId == _person.Id, Token)));
        Assert.Null((await _host.Get<IUserAdmin>().FindAsync(_person.Email, Token))!.SignedInAt);

        var page = await _browser.GetStringAsync("/account", Token);
        Assert.Contains("Back to your own account", page, StringComparison.Ordinal);
        Assert.Contains(_admin.UserName!, page, StringComparison.Ordinal);
        var me = JsonDocument.Parse(await _browser.GetStringAsync("/api/me", Token)).RootElement;
        Assert.Equal(_person.Email, me.GetProperty("email").GetString());
    }

    [Fact]
    public async Task The_overview_counts_it_as_no_sign_in_of_theirs()
    {
        (await _browser.ActAsAsync(_person)).Dispose();
        Assert.Equal(("They have never signed in.", "Nowhere now"), await OverviewAsync());

        using var theirs = await _host.BeginSessionAsync(_person);

        var (last, where) = await OverviewAsync();
        Assert.DoesNotContain("never", last, StringComparison.Ordinal);
        Assert.Equal("In one browser", where);

        async Task<(string Last, string Where)> OverviewAsync()
        {
            using var answer = await _browser.GetAsync("/account", Token);
            var facts = (await answer.PageAsync()).QuerySelectorAll("dl.summary > *").Select(part => part.TextContent.Trim()).ToList();
            return (facts[facts.IndexOf("Last sign-in") + 1], facts[facts.IndexOf("Signed in") + 1]);
        }
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task One_click_leads_back_under_a_new_key_and_proves_nothing()
    {
        var before = (await _host.RowAsync(_own)).KeyHash;
        var authenticated = (await _host.RowAsync(_own)).AuthenticatedAt;
        (await _browser.ActAsAsync(_person)).Dispose();
        var acted = await _host.IdAsync(_browser);
        _host.Clock.Advance(TimeSpan.FromMinutes(3));

        using var answer = await _browser.GoBackAsync();

        Assert.Equal($"/admin/users/{_person.Id}", answer.LeadsTo());
        Assert.Equal(_own, await _host.IdAsync(_browser));
        var own = await _host.RowAsync(_own);
        Assert.NotEqual(before, own.KeyHash);
        Assert.Equal(authenticated, own.AuthenticatedAt);
        Assert.True(await _browser.IsSignedInAsync());
        Assert.Equal("left", (await _host.RowAsync(acted)).EndReason);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Without_a_recent_proof_nothing_begins()
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(11));

        using var answer = await _browser.ActAsAsync(_person);

        Assert.EndsWith("?refused=true", answer.LeadsTo(), StringComparison.Ordinal);
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(
            await _host.Get<IImpersonationService>().WhyNotAsync(await _host.PersonAsync(_browser), $"{_person.Id}", Token));
        Assert.Equal(_own, await _host.IdAsync(_browser));
    }

    [Fact]
    [Trait("ASVS", "8.4.2")]
    public async Task Whoever_acts_as_somebody_administers_nothing_and_acts_as_nobody_else()
    {
        var other = await _host.CreateUserAsync();
        (await _browser.ActAsAsync(_person)).Dispose();
        var acting = await _host.PersonAsync(_browser);

        Assert.IsType<AdminOutcome.NotAllowed>(await _host.Get<IUserAdmin>().DeactivateAsync(other.Email, Operator.Of(acting), Token));
        Assert.IsType<AdminOutcome.NotAllowed>(await _host.Get<IImpersonationService>().WhyNotAsync(acting, other.Email, Token));
        using var page = await _browser.GetAsync("/admin/sessions", Token);
        Assert.Equal(HttpStatusCode.Found, page.StatusCode);
        Assert.StartsWith("/access-denied", page.LeadsTo(), StringComparison.Ordinal);
        using var api = await _browser.GetAsync("/api/admin/sessions", Token);
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "8.3.3")]
    public async Task What_is_the_persons_alone_is_refused_with_a_sentence()
    {
        (await _browser.ActAsAsync(_person)).Dispose();
        var acting = await _host.PersonAsync(_browser);

        Assert.IsType<EmailChangeOutcome.Impersonating>(await _host.Get<IEmailChangeService>().RequestAsync(acting, "new@example.org", Token));
        Assert.IsType<ExportOutcome.Impersonating>(await _host.Get<IPrivacyService>().ExportAsync(acting, Token));
        Assert.IsType<DeletionOutcome.Impersonating>(await _host.Get<IPrivacyService>().DeleteAsync(acting, _person.Email, Token));
        Assert.Equal(NotMeOutcome.Impersonating, await _host.Get<IActivityService>().ReportAsync(acting, 1, Token));
        Assert.True(await _host.Get<IPrivacyService>().NeedsRecentAuthenticationAsync(acting, Token));
        foreach (var page in new[] { "/account/password", "/account/email", "/account/privacy" })
        {
            Assert.Contains("Only they can do this", await _browser.GetStringAsync(page, Token), StringComparison.Ordinal);
        }

        var token = JsonDocument.Parse(await _browser.GetStringAsync("/api/antiforgery", Token)).RootElement;
        _browser.DefaultRequestHeaders.Add(token.GetProperty("header").GetString()!, token.GetProperty("token").GetString());
        foreach (var (path, body) in new[]
        {
            ("/api/change-password", $$"""{"password":"{{_person.Password}}","new_password":"seven herons sleep by lamplight"}"""),
            ("/api/confirm-password", $$"""{"password":"{{_person.Password}}"}"""),
        })
        {
            using var answer = await _browser.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Only they can do this", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Everything_done_in_that_session_is_logged_under_both_people()
    {
        (await _browser.ActAsAsync(_person)).Dispose();
        var acting = await _host.PersonAsync(_browser);
        using var theirs = await _host.BeginSessionAsync(_person);
        await _host.Get<IProfileService>().SaveAsync(acting, new ProfileEdit(new Dictionary<string, string?> { ["profile.full_name"] = "Somebody" }), Token);
        await _host.Get<ISessionService>().EndAsync(acting, await _host.IdAsync(theirs), Token);
        (await _browser.GoBackAsync()).Dispose();

        var rows = await _host.QueryAsync(context => context.AuditEvents
            .Where(row => row.SubjectId == _person.Id && row.Kind != "account-created" && row.Kind != "signed-in").OrderBy(row => row.Id).ToListAsync(Token));

        Assert.Equal(["impersonation-started", "profile-changed", "session-ended", "impersonation-ended"], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal(_admin.Id, row.ActorId));
        Assert.Contains(ActingAs.Reason, rows[0].Details, StringComparison.Ordinal);
        // What they made of it, as if they had done it below /admin.
        var profile = JsonDocument.Parse(rows[1].Details!).RootElement;
        Assert.Equal((JsonValueKind.Null, "Somebody"), (profile.GetProperty("before").GetProperty("full_name").ValueKind, profile.GetProperty("after").GetProperty("full_name").GetString()));
        Assert.Equal(_admin.Id, (await _host.QueryAsync(context => context.Sessions.SingleAsync(row => row.EndReason == "revoked", Token))).EndedById);

        using var reader = await _host.BeginSessionAsync(_person);
        var told = (await _host.Get<IActivityService>().ListAsync(await _host.PersonAsync(reader), cancellationToken: Token)).Results;
        Assert.All(told.Where(happened => rows.Any(row => row.Id == happened.Id)), happened =>
        {
            Assert.True(happened.IsByAnother);
            Assert.Null(happened.Ip);
            Assert.DoesNotContain("impersonator", happened.Details.Keys);
        });
    }

    [Fact]
    public async Task The_command_line_lists_who_acts_as_whom()
    {
        using var theirs = await _host.BeginSessionAsync(_person);
        (await _browser.ActAsAsync(_person)).Dispose();
        using var cli = new CommandLine(_host.DataDirectory);

        var listed = (await cli.JsonAsync("sessions", "list", "--user", _person.Email)).GetProperty("results").EnumerateArray()
            .ToDictionary(session => session.GetProperty("id").GetString()!, session => session.GetProperty("impersonator"));
        var lines = (await cli.RunAsync("sessions", "list")).Output.Split('\n');

        Assert.Equal((_admin.Id, JsonValueKind.Null), (listed[await _host.IdAsync(_browser)].GetInt64(), listed[await _host.IdAsync(theirs)].ValueKind));
        Assert.Equal(["ID", "USER", "IMPERSONATOR"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3]);
        Assert.Contains(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var user, var impersonator, ..] && (user, impersonator) == ($"{_person.Id}", $"{_admin.Id}"));
    }

    [Fact]
    public async Task The_person_sees_it_at_once_in_their_list_without_where_the_administrator_is_and_may_end_it()
    {
        using var theirs = await _host.BeginSessionAsync(_person);
        var person = await _host.PersonAsync(theirs);
        List<AccountEvent> told = [];
        using var hears = _host.Get<IAccountEvents>().Subscribe(told.Add);
        (await _browser.ActAsAsync(_person)).Dispose();
        var acted = await _host.IdAsync(_browser);

        Assert.Contains(new AccountEvent.SessionStarted(_person.Id, acted), told);
        var shown = Assert.Single(await _host.Get<ISessionService>().ListAsync(person, Token), session => session.IsImpersonation);
        Assert.Equal((acted, null, null), (shown.Id, shown.Ip, shown.ImpersonatorId));
        Assert.Equal(_admin.Email, Assert.Single(
            (await _host.Get<ISessionAdmin>().ListAsync(new SessionSearch { IsImpersonation = true }, new ListWindow(), Token)).Results).ImpersonatorEmail);

        Assert.Equal(new EndOutcome.Ended(1), await _host.Get<ISessionService>().EndAsync(person, acted, Token));
        Assert.False(await _browser.IsSignedInAsync());
        Assert.Null((await _host.RowAsync(_own)).EndedAt);
    }
}

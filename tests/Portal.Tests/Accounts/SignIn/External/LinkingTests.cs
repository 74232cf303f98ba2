using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Accounts.SignIn.External;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>Linking an identity to an account one is signed in to, and taking it away.</summary>
public sealed class LinkingTests(ExternalHost shared) : IClassFixture<ExternalHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task An_identity_is_linked_mailed_about_and_logged_and_open_pages_hear_of_it()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        using var elsewhere = await _host.BeginSessionAsync(user);
        List<AccountEvent> heard = [];
        using var subscription = _host.Get<IAccountEvents>().Subscribe(heard.Add);
        var person = new ProviderPerson($"link-{user.Id}");

        Assert.Equal("/account/identities?linked=example", await LinkAsync(browser, person, others: true));

        Assert.Equal(person.Subject, Assert.Single(await _host.IdentitiesOfAsync(user.Id)).ProviderKey);
        Assert.Contains(heard, happened => happened is AccountEvent.UserChanged && happened.UserId == user.Id);
        Assert.Equal((true, false), (await browser.IsSignedInAsync(), await elsewhere.IsSignedInAsync()));
        Assert.Equal(1, await LoggedAsync(user, AuditKind.IdentityLinked));
        var mail = await _host.Mails.WaitForAsync(user.Email, "Example ID was linked", Token);
        Assert.Equal("/account/identities", CaughtMails.LinkOf(mail).AbsolutePath);
        Assert.Contains("Device: Firefox on Linux", mail.TextBody);
        using var other = _host.CreateClient();
        Assert.Equal("/account", await shared.SignInAsync(other, person));
    }

    [Fact]
    public async Task Other_sessions_stay_where_nobody_asked_for_their_end()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        using var elsewhere = await _host.BeginSessionAsync(user);

        await LinkAsync(browser, new ProviderPerson($"alone-{user.Id}"), others: false);

        Assert.True(await elsewhere.IsSignedInAsync());
    }

    [Fact]
    public async Task Linked_already_linked_elsewhere_and_another_of_the_same_provider_are_told_apart()
    {
        var (user, mine) = await shared.LinkedAsync();
        var (_, theirs) = await shared.LinkedAsync();
        using var browser = await _host.BeginSessionAsync(user);

        Assert.Equal("/account/identities?external=already-yours", await LinkAsync(browser, mine));
        Assert.Equal("/account/identities?external=linked-elsewhere", await LinkAsync(browser, theirs));
        Assert.Equal("/account/identities?external=one-per-provider", await LinkAsync(browser, new ProviderPerson("a third")));

        Assert.Equal(mine.Subject, Assert.Single(await _host.IdentitiesOfAsync(user.Id)).ProviderKey);
        Assert.Equal(3, new[] { ExternalRefusal.AlreadyYours, ExternalRefusal.LinkedElsewhere, ExternalRefusal.OnePerProvider }
            .Select(why => Portal.Controls.ExternalWords.For(why).What).Distinct().Count());
    }

    [Fact]
    public async Task A_link_is_for_the_session_that_began_it()
    {
        var (ana, bea) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var browser = await _host.BeginSessionAsync(ana);
        var callback = await shared.VisitAsync(await LeaveAsync(browser), new ProviderPerson($"for-{ana.Id}"));

        // Somebody else signs in to the same browser meanwhile.
        using var signedOut = await PortalHost.PostFormAsync(browser, "/account/identities", "/logout", [], Token);
        using var signedIn = await PortalHost.SignInAsync(browser, bea, cancellationToken: Token);
        Assert.Equal("/account/identities?external=other-session", await ExternalHost.ReturnAsync(browser, callback));

        Assert.Empty(await _host.IdentitiesOfAsync(ana.Id));
        Assert.Empty(await _host.IdentitiesOfAsync(bea.Id));
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Linking_and_unlinking_need_a_recent_proof()
    {
        await using var host = await shared.StartPortalAsync();
        var (user, _) = await shared.LinkedAsync(host: host);
        using var browser = await host.BeginSessionAsync(user);
        var form = await LinkFormAsync(browser, "other", others: false);
        host.Clock.Advance(TimeSpan.FromMinutes(11));

        using var refused = await browser.PostAsync("/account/identities/link", form.ToContent(), Token);
        var identity = Assert.Single(await host.IdentitiesOfAsync(user.Id));
        var outcome = await host.Get<IIdentityService>().UnlinkAsync(await host.PersonAsync(browser), identity.Id, endOthers: false, Token);

        Assert.EndsWith("/account/identities?external=not-recent", refused.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.IsType<UnlinkOutcome.NeedsRecentAuthentication>(outcome);
        Assert.Single(await host.IdentitiesOfAsync(user.Id));
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task An_identity_that_is_unlinked_opens_nothing_any_more()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = await _host.BeginSessionAsync(user);
        using var elsewhere = await _host.BeginSessionAsync(user);
        var identity = Assert.Single(await _host.IdentitiesOfAsync(user.Id));

        var outcome = await _host.Get<IIdentityService>().UnlinkAsync(await _host.PersonAsync(browser), identity.Id, endOthers: true, Token);

        Assert.Equal(new UnlinkOutcome.Done(1), outcome);
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));
        Assert.False(await elsewhere.IsSignedInAsync());
        Assert.Equal(1, await LoggedAsync(user, AuditKind.IdentityUnlinked));
        await _host.Mails.WaitForAsync(user.Email, "Example ID was unlinked", Token);
        using var other = _host.CreateClient();
        Assert.StartsWith("/register/external", await shared.SignInAsync(other, person), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_way_in_stays_also_when_both_go_at_once()
    {
        var (user, _) = await shared.LinkedAsync();
        await _host.LinkAsync(user, $"second-{user.Id}", ExternalHost.OtherScheme);
        await WithoutPasswordAsync(user);
        using var browser = await _host.BeginSessionAsync(user);
        var (person, service) = (await _host.PersonAsync(browser), _host.Get<IIdentityService>());
        var ids = (await _host.IdentitiesOfAsync(user.Id)).Select(row => row.Id).ToList();

        var outcomes = await Task.WhenAll(ids.Select(id => Task.Run(() => service.UnlinkAsync(person, id, endOthers: false, Token))));

        Assert.Single(outcomes.OfType<UnlinkOutcome.Done>());
        Assert.Single(outcomes.OfType<UnlinkOutcome.LastWayIn>());
        Assert.Single(await _host.IdentitiesOfAsync(user.Id));
    }

    [Fact]
    public async Task An_identity_of_a_provider_that_is_gone_is_no_way_in()
    {
        var (user, _) = await shared.LinkedAsync();
        await _host.LinkAsync(user, $"gone-{user.Id}", "gone");
        await WithoutPasswordAsync(user);
        using var browser = await _host.BeginSessionAsync(user);
        var (person, service) = (await _host.PersonAsync(browser), _host.Get<IIdentityService>());
        var rows = await _host.IdentitiesOfAsync(user.Id);

        Assert.IsType<UnlinkOutcome.LastWayIn>(await service.UnlinkAsync(person, rows[0].Id, endOthers: false, Token));
        Assert.IsType<UnlinkOutcome.Done>(await service.UnlinkAsync(person, rows[1].Id, endOthers: false, Token));
    }

    [Fact]
    public async Task Nobody_unlinks_what_is_anothers()
    {
        var (ana, _) = await shared.LinkedAsync();
        var bea = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(bea);
        var identity = Assert.Single(await _host.IdentitiesOfAsync(ana.Id));

        Assert.IsType<UnlinkOutcome.NotFound>(await _host.Get<IIdentityService>().UnlinkAsync(await _host.PersonAsync(browser), identity.Id, endOthers: false, Token));
        Assert.Single(await _host.IdentitiesOfAsync(ana.Id));
    }

    [Theory]
    [InlineData(0, "/account/identities/link?confirmed=true")]
    [InlineData(null, "/account/identities/link?external=undated")]
    [InlineData(60, "/account/identities/link?external=not-proved")]
    [Trait("ASVS", "6.8.4")]
    public async Task A_provider_proves_somebody_once_more_only_by_asking_them_anew(int? minutesAgo, string answer)
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var before = await _host.RowAsync(await _host.IdAsync(browser));
        DateTimeOffset? at = minutesAgo is { } minutes ? _host.Clock.GetUtcNow().AddMinutes(-minutes) : null;
        var form = (await LinkFormAsync(browser, "example", others: false)).With("purpose", "confirm");

        var url = await LeaveAsync(browser, form);

        Assert.Contains("max_age=0", url, StringComparison.Ordinal);
        Assert.Equal(answer, await ExternalHost.ReturnAsync(browser, await shared.VisitAsync(url, person with { AuthenticatedAt = at })));
        var after = await _host.RowAsync(before.Id);
        Assert.Equal(minutesAgo is not 0, before.KeyHash!.AsSpan().SequenceEqual(after.KeyHash));
    }

    [Fact]
    [Trait("ASVS", "6.8.4")]
    public async Task A_sign_in_of_long_ago_at_the_provider_links_nothing()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var person = new ProviderPerson($"stale-{user.Id}") { AuthenticatedAt = _host.Clock.GetUtcNow().AddHours(-1) };

        Assert.Equal("/account/identities?external=not-proved", await LinkAsync(browser, person));
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));

        Assert.Equal("/account/identities?linked=example", await LinkAsync(browser, person with { AuthenticatedAt = _host.Clock.GetUtcNow() }));
    }

    [Fact]
    public async Task Somebody_else_at_the_provider_proves_nothing()
    {
        var (user, _) = await shared.LinkedAsync();
        var (_, stranger) = await shared.LinkedAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var form = (await LinkFormAsync(browser, "example", others: false)).With("purpose", "confirm");

        Assert.Equal(
            "/account/identities/link?external=not-proved",
            await ExternalHost.ReturnAsync(browser, await shared.VisitAsync(await LeaveAsync(browser, form), stranger with { AuthenticatedAt = _host.Clock.GetUtcNow() })));
    }

    [Fact]
    public async Task A_program_lists_and_unlinks_them()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = await _host.BeginSessionAsync(user);

        var listed = await browser.GetFromJsonAsync<Listed>("/api/identities", Token);
        var identity = Assert.Single(listed!.Results);
        Assert.Equal((person.Subject, "example"), (identity.External_id, identity.Method));

        await ApiHost.SendTokenAsync(browser);
        using var unread = await browser.DeleteAsync($"/api/identities/{identity.Id}?others=maybe", Token);
        Assert.Equal(["others"], await unread.ReadFieldsAsync());
        using var gone = await browser.DeleteAsync($"/api/identities/{identity.Id}", Token);
        Assert.Equal(HttpStatusCode.OK, gone.StatusCode);
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));
    }

    private static async Task<StaticForm> LinkFormAsync(HttpClient browser, string scheme, bool others) =>
        (await PortalHost.OpenFormAsync(browser, "/account/identities", "identity", Token)).With("scheme", scheme).With("others", others ? "true" : "false");

    private static async Task<string> LeaveAsync(HttpClient browser, StaticForm? form = null, bool others = false)
    {
        using var leaving = await browser.PostAsync("/account/identities/link", (form ?? await LinkFormAsync(browser, "example", others)).ToContent(), Token);
        Assert.Equal(HttpStatusCode.OK, leaving.StatusCode);
        return Assert.Single(leaving.Headers.GetValues("Refresh"))["0;url=".Length..];
    }

    private async Task<string> LinkAsync(HttpClient browser, ProviderPerson person, bool others = false) =>
        await ExternalHost.ReturnAsync(browser, await shared.VisitAsync(await LeaveAsync(browser, others: others), person));

    private Task<int> WithoutPasswordAsync(TestUser user) => _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id)
        .ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token));

    private Task<int> LoggedAsync(TestUser user, AuditKind kind)
    {
        var name = kind.ToName();
        return _host.QueryAsync(context => context.AuditEvents.CountAsync(row => row.SubjectId == user.Id && row.Kind == name, Token));
    }

    private sealed record Listed(int Total, IReadOnlyList<Identity> Results);

    private sealed record Identity(string Id, string Method, string External_id);
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Accounts.Administration;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions.Geo;
using Portal.Accounts.Users;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Registration;

/// <summary>What people are mailed around the making and the end of their account.</summary>
public sealed class RegistrationMailsTests : IAsyncLifetime
{
    private const string Address = "192.0.2.80";

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options =>
        options.ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<ICountryReader>(new Switzerland())));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_confirmation_mail_and_its_page_say_from_where_the_account_was_created()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");

        var mail = await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token);
        Assert.Contains("Device: Firefox on Linux\nPlace: Switzerland\nIP address: 192.0.2.80\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(["Firefox on Linux", "Switzerland"], (await FactsAsync(CaughtMails.LinkOf(mail))).Skip(1));
    }

    [Fact]
    public async Task A_mail_sent_again_says_from_where_the_account_was_created_and_not_from_where_the_mail_was_asked_for()
    {
        using var program = _host.CreateClient(Address, "curl/8.5.0");
        await ApiHost.SendTokenAsync(program);
        using var registered = await program.PostAsJsonAsync("/api/register", new { email = "ana@example.org", password = PortalHost.DefaultPassword }, Token);
        Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token);
        _host.Clock.Advance(TimeSpan.FromHours(1));

        await _host.Get<IRegistrationService>().ResendAsync("ana@example.org", IPAddress.Parse("203.0.113.9"), Token);

        var mail = await _host.Mails.WaitForAsync("ana@example.org", "Confirm", after: 1, Token);
        Assert.Contains("Device: curl\nPlace: Switzerland\nIP address: 192.0.2.80\n", mail.TextBody!.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"browser":7,"os":null}""")]
    public async Task A_log_that_somebody_wrote_into_keeps_no_mail_back(string details)
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");
        await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token);
        await _host.QueryAsync(context => context.AuditEvents.ExecuteUpdateAsync(row => row.SetProperty(found => found.Details, details), Token));

        await _host.Get<IRegistrationService>().ResendAsync("ana@example.org", null, Token);

        var mail = await _host.Mails.WaitForAsync("ana@example.org", "Confirm", after: 1, Token);
        Assert.DoesNotContain("Device:", mail.TextBody);
        Assert.Contains("IP address: 192.0.2.80", mail.TextBody);
    }

    [Fact]
    public async Task Of_an_account_that_an_operator_made_nothing_is_said()
    {
        var user = await _host.CreateUserAsync(isConfirmed: false);

        await _host.Get<IRegistrationService>().ResendAsync(user.Email, null, Token);

        var mail = await _host.Mails.WaitForAsync(user.Email, "Confirm", Token);
        Assert.DoesNotContain("created:", mail.TextBody);
        Assert.Empty(await FactsAsync(CaughtMails.LinkOf(mail)));
    }

    [Fact]
    public async Task Only_a_link_that_still_works_tells_from_where_the_account_was_created()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token));
        var (user, token) = StaticLink.Parts(link);
        var registration = _host.Get<IRegistrationService>();

        Assert.NotNull(await registration.RegisteredFromAsync(user, token, Token));
        Assert.Null(await registration.RegisteredFromAsync(user, new string('a', 43), Token));
        Assert.Null(await registration.RegisteredFromAsync(user + 1, token, Token));
        await registration.ConfirmAsync(People.Visitor(), user, token, Token);
        Assert.Null(await registration.RegisteredFromAsync(user, token, Token));
    }

    [Fact]
    public async Task Whoever_was_given_the_account_by_an_operators_mistake_is_not_told_from_where_it_was_created()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");
        await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token);
        await _host.Get<IUserAdmin>().EditAsync(
            "ana@example.org", new UserEdit(new Dictionary<string, string?> { [UserEdit.Email] = "anna@example.org" }) { Reason = "moved" }, Operator.CommandLine, Token);
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync("anna@example.org", "Confirm", Token));
        var (user, token) = StaticLink.Parts(link);

        Assert.Equal(OneTimeLinkStatus.Usable, await _host.Get<IRegistrationService>().StatusOfAsync(user, token, Token));
        Assert.Null(await _host.Get<IRegistrationService>().RegisteredFromAsync(user, token, Token));
        Assert.Empty(await FactsAsync(link));
    }

    [Fact]
    public async Task Who_confirms_is_welcomed_once()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");
        var (user, token) = StaticLink.Parts(CaughtMails.LinkOf(await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token)));

        await _host.Get<IRegistrationService>().ConfirmAsync(People.Visitor(), user, token, Token);
        await _host.Get<IRegistrationService>().ConfirmAsync(People.Visitor(), user, token, Token);

        var welcome = await _host.Mails.WaitForAsync("ana@example.org", "is ready", Token);
        Assert.Equal("/login", CaughtMails.LinkOf(welcome).AbsolutePath);
        // Where it was confirmed, which need not be where the account was made.
        Assert.Contains("Place: Switzerland\nIP address: 203.0.113.7\n", welcome.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(["ConfirmEmail", "Welcome"], await KindsAsync());
    }

    [Fact]
    public async Task Who_confirms_an_address_of_a_blocked_domain_is_told_that_the_account_is_closed_and_not_welcomed()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@shady.example");
        var (user, token) = StaticLink.Parts(CaughtMails.LinkOf(await _host.Mails.WaitForAsync("ana@shady.example", "Confirm", Token)));
        await _host.DecideAsync("shady.example", "blocked");

        await _host.Get<IRegistrationService>().ConfirmAsync(People.Visitor(), user, token, Token);

        var mail = await _host.Mails.WaitForAsync("ana@shady.example", "deactivated", Token);
        Assert.Contains("email domain", mail.TextBody);
        Assert.DoesNotContain("IP address:", mail.TextBody);
        Assert.Equal(["ConfirmEmail", "Deactivated"], await KindsAsync());
    }

    [Fact]
    public async Task Who_was_deactivated_before_they_confirmed_is_not_welcomed()
    {
        await _host.CreateClient(Address).RegisterAsync("ana@example.org");
        var (user, token) = StaticLink.Parts(CaughtMails.LinkOf(await _host.Mails.WaitForAsync("ana@example.org", "Confirm", Token)));
        await _host.Get<IUserAdmin>().DeactivateAsync("ana@example.org", Operator.CommandLine, Token);

        await _host.Get<IRegistrationService>().ConfirmAsync(People.Visitor(), user, token, Token);

        Assert.Equal(["ConfirmEmail", "Deactivated"], await KindsAsync());
    }

    [Fact]
    public async Task Deactivating_is_mailed_once_however_often_it_is_asked_for()
    {
        var user = await _host.CreateUserAsync();

        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await _host.Get<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Token));

        var mail = await _host.Mails.WaitForAsync(user.Email, "was deactivated", Token);
        Assert.Contains("by an administrator", mail.TextBody!.ReplaceLineEndings(" "));
        Assert.Contains("When: ", mail.TextBody);
        Assert.DoesNotContain("IP address:", mail.TextBody);
        Assert.Equal(["Deactivated"], await KindsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_owner_of_a_taken_address_is_told_from_where_it_was_tried_and_led_to_a_new_password_where_there_is_one(bool recovery)
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Recovery"] = recovery ? "true" : "false");
        var owner = await host.CreateUserAsync();

        await host.CreateClient(Address).RegisterAsync(owner.Email);

        var mail = await host.Mails.WaitForAsync(owner.Email, "already have an account", Token);
        Assert.Contains("Device: Firefox on Linux", mail.TextBody);
        Assert.Equal(recovery, mail.TextBody!.Contains("/forgot-password", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> FactsAsync(Uri link)
    {
        using var page = await _host.CreateClient().GetAsync(link, Token);
        return [.. (await page.PageAsync()).QuerySelectorAll("main dl.facts dd").Select(fact => fact.TextContent)];
    }

    private Task<List<string>> KindsAsync() =>
        _host.QueryAsync(context => context.OutboxMails.OrderBy(mail => mail.Id).Select(mail => mail.Kind).ToListAsync(Token));

    private sealed class Switzerland : ICountryReader
    {
        public string? Read(IPAddress? address) => "CH";
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Mono.Cecil;
using Portal.Testing;
using Portal.Tests.Accounts.Registration;
using Portal.Tests.House;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>Who has no session gets one in the ways that the room's page lists, and in no other.</summary>
public sealed class WaysInTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Paper = "src/Portal.Accounts/SignIn/README.md";

    /// <summary>Who calls what of which type, in all of the portal's code.</summary>
    private static readonly Lazy<List<(string Caller, string Method, string Of)>> Calls = new(ReadCalls);

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.1.3")]
    [Trait("ASVS", "6.3.4")]
    public void Every_address_that_is_open_to_strangers_is_listed()
    {
        var open = ListedAddresses.Of(_host).Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(ListedAddresses.PatternOf).ToHashSet();
        var listed = ListedAddresses.In(Paper).Select(cells => cells[0]).ToList();

        Assert.Empty(open.Except(listed).Select(address => $"{address} is open to strangers, and {Paper} does not say what guards it"));
        Assert.Empty(listed.Except(open).Select(address => $"{Paper} lists {address}, which is not open to strangers"));
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Fact]
    [Trait("ASVS", "6.1.3")]
    public void Every_listed_way_says_what_it_proves_and_what_guards_it() =>
        Assert.All(ListedAddresses.In(Paper), cells => Assert.All(cells, Assert.NotEmpty));

    [Fact]
    [Trait("ASVS", "6.3.4")]
    public void Sessions_begin_in_one_place()
    {
        // Impersonation begins a session for an administrator who signed in and has just proved it once more.
        Assert.Equal(["Portal.Accounts.Administration.ImpersonationService", "Portal.Accounts.SignIn.SessionStart"], CallersOf("BeginSessionAsync"));
        Assert.Equal(["Portal.Accounts.Administration.ImpersonationService"], CallersOf("ResumeSessionAsync"));
        Assert.Equal(
            ["Portal.Accounts.Credentials.Factors.CodeConfirmation", "Portal.Accounts.Credentials.PasskeyConfirmation", "Portal.Accounts.Credentials.PasswordService", "Portal.Accounts.SignIn.External.ExternalConfirmation"],
            CallersOf("RenewSessionKeyAsync"));
        Assert.Equal(["Portal.Accounts.Sessions.SessionBeginning"], CallersOf("SignInAsync", of: "Microsoft."));
        Assert.Equal(["Portal.Account.SignInPage", "Portal.Api.SignInApi"], CallersOf("SignInAsync", of: "Portal.Accounts.SignIn.ISignInService"));
        Assert.Equal(["Portal.Account.SignInPage"], CallersOf("SignInAsync", of: "Portal.Accounts.SignIn.IPasskeySignIn"));
        Assert.Equal(["Portal.Account.TwoFactorPage"], CallersOf("TakeSecondStepAsync", of: "Portal.Accounts.SignIn.IPasskeySignIn"));
        Assert.Equal(["Portal.Account.RecoveryCodePage", "Portal.Account.TwoFactorPage"], CallersOf("SignInWithCodeAsync", of: "Portal.Accounts.SignIn.ISignInService"));
        Assert.Equal(["Portal.Account.TooManySessionsPage"], CallersOf("SignInInsteadAsync", of: "Portal.Accounts.SignIn.ISignInService"));
        Assert.Equal(
            ["Portal.Accounts.SignIn.FirstProof", "Portal.Accounts.SignIn.PasskeySignIn", "Portal.Accounts.SignIn.SecondProof", "Portal.Accounts.SignIn.SignInInstead"],
            CallersOf("BeginAsync", of: "Portal.Accounts.SignIn.SessionStart"));
    }

    [Fact]
    [Trait("ASVS", "6.3.4")]
    public async Task Page_and_API_count_failures_together()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("192.0.2.60");
        for (var i = 0; i < 3; i++)
        {
            using var failed = await PortalHost.SignInAsync(browser, user.Email, "not the password at all", cancellationToken: Token);
            Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        }

        using var program = _host.CreateClient("192.0.2.61");
        for (var i = 0; i < 2; i++)
        {
            using var failed = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = "not the password at all" }, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        using var page = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        using var api = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password }, Token);
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (page.StatusCode, api.StatusCode));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [Trait("ASVS", "6.3.4")]
    public async Task Page_and_API_ask_the_same_of_an_account(bool isActive, bool isConfirmed)
    {
        var user = await _host.CreateUserAsync(isActive: isActive, isConfirmed: isConfirmed);
        using var browser = _host.CreateClient("192.0.2.62");

        using var page = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        var byPage = await browser.IsSignedInAsync();
        using var program = _host.CreateClient("192.0.2.62");
        using var api = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password }, Token);

        Assert.Equal((isActive && isConfirmed, isActive && isConfirmed), (byPage, await program.IsSignedInAsync()));
    }

    [Fact]
    [Trait("ASVS", "7.6.2")]
    public async Task Nothing_that_is_opened_or_followed_begins_a_session()
    {
        var email = RegistrationForm.NewEmail();
        using var browser = _host.CreateClient("192.0.2.63");
        using var registered = await browser.RegisterAsync(email);
        var confirm = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token)).PathAndQuery;
        var before = await SessionsAsync();

        List<string> addresses = [confirm, $"/login?Input.Login={email}&Input.Password={Uri.EscapeDataString(PortalHost.DefaultPassword)}&_handler=sign-in"];
        addresses.AddRange(ListedAddresses.Of(_host).Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0).Select(ListedAddresses.PatternOf));
        foreach (var address in addresses)
        {
            using var answer = await browser.GetAsync(address, Token);
            Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => cookie.Contains("session", StringComparison.Ordinal));
        }

        Assert.False(await browser.IsSignedInAsync());
        // Nor does what proves a mailbox.
        using var confirmed = await PortalHost.PostFormAsync(browser, confirm, "confirm-email", [], Token);
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(before, await SessionsAsync());
    }

    private Task<int> SessionsAsync() => _host.QueryAsync(context => context.Sessions.CountAsync(Token));

    /// <summary>The types whose code calls a method of that name, of a type whose name begins so.</summary>
    private static IEnumerable<string> CallersOf(string method, string of = "") => Calls.Value
        .Where(call => call.Method == method && call.Of.StartsWith(of, StringComparison.Ordinal))
        .Select(call => call.Caller)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static List<(string Caller, string Method, string Of)> ReadCalls()
    {
        List<(string, string, string)> calls = [];
        foreach (var assembly in new[] { OurAssemblies.Accounts, OurAssemblies.Portal })
        {
            using var module = ModuleDefinition.ReadModule(assembly.Location);
            calls.AddRange(
                from type in module.GetTypes()
                from written in type.Methods
                where written.HasBody
                from instruction in written.Body.Instructions
                let called = instruction.Operand as MethodReference
                where called is not null
                select (Outermost(type), called.Name, called.DeclaringType.FullName));
        }

        return calls;
    }

    private static string Outermost(TypeDefinition type) => type.DeclaringType is null ? type.FullName : Outermost(type.DeclaringType);
}

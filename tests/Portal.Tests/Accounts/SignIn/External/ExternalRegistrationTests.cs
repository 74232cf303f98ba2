using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>Making an account with what a provider proved.</summary>
public sealed class ExternalRegistrationTests(ExternalHost shared) : IClassFixture<ExternalHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_that_the_provider_vouches_for_is_confirmed_at_once()
    {
        var person = NewPerson(isEmailVerified: true);
        using var browser = _host.CreateClient("192.0.2.70");

        Assert.Equal("/register/external?returnUrl=%2Faccount%2Fprofile", await shared.SignInAsync(browser, person, path: "/login?returnUrl=%2Faccount%2Fprofile"));
        Assert.False(await browser.IsSignedInAsync());
        using var made = await RegisterAsync(browser, "Input.UserName", $"n{Guid.CreateVersion7():N}");

        Assert.Equal("/account/profile", PathOf(made));
        var user = (await UserOfAsync(person.Email!))!;
        Assert.True(user.EmailConfirmed);
        Assert.Null(user.PasswordHash);
        Assert.Equal(user.Id, Assert.Single(await _host.IdentitiesOfAsync(user.Id)).UserId);
        Assert.True(await browser.IsSignedInAsync());
        await _host.Mails.WaitForAsync(person.Email!, "is ready", Token);

        // From the next time on it is a sign-in.
        using var again = _host.CreateClient();
        Assert.Equal("/account", await shared.SignInAsync(again, person));
    }

    [Fact]
    [Trait("ASVS", "6.8.1")]
    public async Task Who_made_an_account_with_anothers_address_has_no_way_into_it_once_its_owner_chose_a_password()
    {
        var person = NewPerson(isEmailVerified: false);
        var email = $"owner-{person.Email}";
        using var attacker = _host.CreateClient("192.0.2.76");
        await shared.SignInAsync(attacker, person);
        using var made = await RegisterAsync(attacker, "Input.Email", email);
        Assert.Equal("/register/check-your-mail", PathOf(made));

        using var owner = _host.CreateClient("192.0.2.77");
        using var asked = await PortalHost.PostFormAsync(owner, "/forgot-password", "forgot-password", [new("Input.Email", email)], Token);
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "password", Token)).PathAndQuery;
        const string Chosen = "seven herons sleep by lamplight";
        using var chosen = await PortalHost.PostFormAsync(owner, link, "reset-password", [new("Input.Password", Chosen), new("Input.ConfirmPassword", Chosen)], Token);

        var user = (await UserOfAsync(email))!;
        Assert.True(user.EmailConfirmed);
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));
        Assert.StartsWith("/register/external", await shared.SignInAsync(attacker, person), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Any_other_address_is_confirmed_by_mail_first(bool isVerified, bool typesAnother)
    {
        var person = NewPerson(isVerified);
        var email = typesAnother ? $"typed-{person.Email}" : person.Email!;
        using var browser = _host.CreateClient("192.0.2.71");
        await shared.SignInAsync(browser, person);

        using var made = await RegisterAsync(browser, "Input.Email", email);

        Assert.Equal("/register/check-your-mail", PathOf(made));
        Assert.False(await browser.IsSignedInAsync());
        Assert.False((await UserOfAsync(email))!.EmailConfirmed);
        Assert.Equal("/login?external=unconfirmed", await shared.SignInAsync(browser, person));

        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token)).PathAndQuery;
        using var confirmed = await PortalHost.PostFormAsync(browser, link, "confirm-email", [], Token);
        Assert.Equal("/account", await shared.SignInAsync(browser, person));
    }

    [Fact]
    [Trait("ASVS", "6.8.1")]
    public async Task An_address_that_has_an_account_is_never_linked_to_it()
    {
        var user = await _host.CreateUserAsync();
        var person = NewPerson(isEmailVerified: true) with { Email = user.Email };
        using var browser = _host.CreateClient("192.0.2.72");
        await shared.SignInAsync(browser, person);

        // Who proved that the address is theirs is told.
        var page = await browser.GetStringAsync("/register/external", Token);

        Assert.Contains("You have an account here", page, StringComparison.Ordinal);
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Who_did_not_prove_an_address_is_not_told_whether_it_has_an_account()
    {
        var user = await _host.CreateUserAsync();
        var (known, free) = (NewPerson(isEmailVerified: false) with { Email = user.Email }, NewPerson(isEmailVerified: false));
        using var one = _host.CreateClient("192.0.2.73");
        using var two = _host.CreateClient("192.0.2.74");
        await shared.SignInAsync(one, known);
        await shared.SignInAsync(two, free);

        var (told, other) = (await one.GetStringAsync("/register/external", Token), await two.GetStringAsync("/register/external", Token));
        using var first = await RegisterAsync(one);
        using var second = await RegisterAsync(two);

        Assert.Equal(told.Contains("You have an account", StringComparison.Ordinal), other.Contains("You have an account", StringComparison.Ordinal));
        Assert.Equal(PathOf(second), PathOf(first));
        Assert.Empty(await _host.IdentitiesOfAsync(user.Id));
        await _host.Mails.WaitForAsync(user.Email, "already", Token);
        // Nor by the numbers of accounts made later.
        Assert.Equal(user.Id + 2, (await UserOfAsync(free.Email!))!.Id);
    }

    [Fact]
    public async Task A_blocked_domain_is_refused_and_what_was_typed_stays()
    {
        await _host.DecideAsync("blocked-external.example", "blocked");
        var person = NewPerson(isEmailVerified: true) with { Email = $"p{Guid.CreateVersion7():N}@sub.blocked-external.example" };
        using var browser = _host.CreateClient("192.0.2.75");
        await shared.SignInAsync(browser, person);

        using var refused = await RegisterAsync(browser, "Input.UserName", "kept-name");

        var page = await refused.Content.ReadAsStringAsync(Token);
        Assert.Contains("Addresses of this email domain are not accepted here.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"kept-name\"", page, StringComparison.Ordinal);
        Assert.Null(await UserOfAsync(person.Email!));
    }

    [Fact]
    public async Task Registration_that_is_off_is_off_here_too()
    {
        await using var host = await shared.StartPortalAsync(options => options.Settings["Accounts:Registration"] = "false");
        using var browser = host.CreateClient();

        Assert.Equal("/login?external=no-account", await shared.SignInAsync(browser, NewPerson(isEmailVerified: true)));
        using var page = await browser.GetAsync("/register/external", Token);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task Two_tabs_that_register_the_same_identity_make_one_account()
    {
        var person = NewPerson(isEmailVerified: true);
        using var one = _host.CreateClient("192.0.2.76");
        using var two = _host.CreateClient("192.0.2.77");
        await shared.SignInAsync(one, person);
        await shared.SignInAsync(two, person);
        var (form, other) = (await PortalHost.OpenFormAsync(one, "/register/external", "register-external", Token), await PortalHost.OpenFormAsync(two, "/register/external", "register-external", Token));

        var answers = await Task.WhenAll(
            one.PostAsync("/register/external", form.ToContent(), Token),
            two.PostAsync("/register/external", other.With("Input.Email", $"other-{person.Email}").ToContent(), Token));

        Assert.Equal(1, await _host.QueryAsync(context => context.UserLogins.CountAsync(row => row.ProviderKey == person.Subject, Token)));
        Assert.Equal(1, await _host.QueryAsync(context => context.Users.CountAsync(user => user.Email!.EndsWith(person.Email!), Token)));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static ProviderPerson NewPerson(bool isEmailVerified)
    {
        var id = Guid.CreateVersion7().ToString("N");
        return new ProviderPerson($"new-{id}") { Email = $"new-{id}@example.org", IsEmailVerified = isEmailVerified };
    }

    private static string PathOf(HttpResponseMessage answer) => answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.OriginalString;

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient browser, params string[] field) => PortalHost.PostFormAsync(
        browser, "/register/external", "register-external", field.Length > 0 ? [new(field[0], field[1])] : [], Token);

    private Task<User?> UserOfAsync(string email) =>
        _host.QueryAsync(context => context.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Email == email, Token));
}

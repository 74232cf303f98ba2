using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Registration;

public sealed class RegisteringTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Services.GetRequiredService<IUserAdmin>();

    [Fact]
    public async Task A_new_address_makes_an_account_and_mails_a_link_to_confirm_it()
    {
        var email = RegistrationForm.NewEmail();

        using var answer = await _host.CreateClient("192.0.2.1").RegisterAsync(email, "newcomer");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/register/check-your-mail", answer.LeadsTo());
        Assert.Contains("/confirm-email?user=", CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token)).ToString());
        var user = await Users.FindAsync(email, Token);
        Assert.Equal(("newcomer", true, null), (user!.UserName, user.IsActive, user.ConfirmedAt));
        Assert.Empty(user.Roles);
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_taken_address_is_answered_to_the_byte_as_a_free_one_and_its_owner_is_told()
    {
        var owner = await _host.CreateUserAsync();

        var free = await AnswerAsync(RegistrationForm.NewEmail());
        var taken = await AnswerAsync(owner.Email.ToUpperInvariant());

        Assert.Equal(free, taken);
        await _host.Mails.WaitForAsync(owner.Email, "already have an account", Token);
        var listed = await _host.Get<IUserList>().ListAsync(new UserFilter { Text = owner.Email }, UserSort.Email, isDescending: false, new ListWindow(), Token);
        Assert.Equal(owner.Id, Assert.Single(listed.Results).Id);

        // Everything but what was typed and the token of the form.
        async Task<string> AnswerAsync(string email)
        {
            using var answer = await _host.CreateClient("192.0.2.2").RegisterAsync(email);
            return $"{answer.StatusCode} {answer.Headers} {(await answer.ComparableAsync()).Replace(email, "EMAIL", StringComparison.Ordinal)}";
        }
    }

    [Theory]
    [InlineData("", "Enter your email address.")]
    [InlineData("nobody", "This is not an email address.")]
    [InlineData("nobody@localhost", "This is not an email address.")]
    [InlineData("two@signs@example.org", "This is not an email address.")]
    [InlineData("Name <name@example.org>", "This is not an email address.")]
    public async Task A_malformed_address_is_refused_in_words(string email, string message) =>
        await RefusesAsync(email, "fine-name", PortalHost.DefaultPassword, message);

    [Theory]
    [InlineData("1st", "A username starts with a letter")]
    [InlineData("ab", "A username starts with a letter")]
    [InlineData("with space", "A username starts with a letter")]
    [InlineData("a@b", "A username starts with a letter")]
    [InlineData("Admin", "This username is reserved.")]
    [InlineData("support", "This username is reserved.")]
    public async Task A_username_against_the_rules_is_refused_in_words(string userName, string message) =>
        await RefusesAsync(RegistrationForm.NewEmail(), userName, PortalHost.DefaultPassword, message);

    [Fact]
    public async Task A_taken_username_is_refused_whatever_its_case()
    {
        var owner = await _host.CreateUserAsync();

        await RefusesAsync(RegistrationForm.NewEmail(), owner.UserName!.ToUpperInvariant(), PortalHost.DefaultPassword, "This username is taken.");
    }

    [Theory]
    [Trait("ASVS", "6.2.1")]
    [InlineData("", "Choose a password.")]
    [InlineData("fourteen chars", "Use at least 15 characters; this password has 14.")]
    [InlineData("passwordpassword", "Choose a password that is harder to guess")]
    [InlineData("riverbank7 lanterns drift", "Leave “riverbank7” out")]
    public async Task A_password_against_the_rules_is_refused_in_words(string password, string message) =>
        await RefusesAsync("riverbank7@example.org", null, password, message);

    [Fact]
    public async Task Two_different_passwords_are_refused()
    {
        using var answer = await _host.CreateClient("192.0.2.3").RegisterAsync("differs@example.org", null, PortalHost.DefaultPassword, PortalHost.DefaultPassword + "!");

        Assert.Contains("The two passwords differ.", (await answer.PageAsync()).Alert());
        Assert.Null(await Users.FindAsync("differs@example.org", Token));
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task What_fills_the_field_that_people_do_not_see_makes_no_account()
    {
        var email = RegistrationForm.NewEmail();

        using var answer = await _host.CreateClient("192.0.2.4").RegisterAsync(email, website: "https://spam.example");

        Assert.Equal("/register/check-your-mail", answer.LeadsTo());
        Assert.Null(await Users.FindAsync(email, Token));
    }

    [Fact]
    public async Task Two_registrations_of_one_address_at_once_make_one_account()
    {
        var email = RegistrationForm.NewEmail();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => _host.CreateClient("192.0.2.5").RegisterAsync(email, $"twin{number}")));

        Assert.All(answers, answer => Assert.Equal("/register/check-your-mail", answer.LeadsTo()));
        await _host.Mails.WaitForAsync(email, "Confirm", Token);
        await _host.Mails.WaitForAsync(email, "already have an account", Token);
        var twins = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Users.FindAsync($"twin{number}", Token)));
        Assert.Single(twins, twin => twin is not null);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var browser = _host.CreateClient("192.0.2.6");
        using var content = new FormUrlEncodedContent([new("_handler", "register"), new("Input.Email", "forged@example.org")]);

        using var answer = await browser.PostAsync("/register", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Somebody_signed_in_is_not_asked_to_register()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var answer = await browser.GetAsync("/register", Token);

        Assert.Equal("/account", answer.LeadsTo());
    }

    /// <summary>Nothing is made, the message is shown at its field, and what was typed stays but for the password.</summary>
    private async Task RefusesAsync(string email, string? userName, string password, string message)
    {
        using var answer = await _host.CreateClient("192.0.2.7").RegisterAsync(email, userName, password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains(message, page.Alert());
        Assert.Equal((email, userName ?? ""), (page.ValueOf("Input.Email") ?? "", page.ValueOf("Input.UserName") ?? ""));
        Assert.All(page.QuerySelectorAll("[type=password]"), field => Assert.Null(field.GetAttribute("value")));
        Assert.True(password.Length == 0 || !page.DocumentElement.OuterHtml.Contains(password, StringComparison.Ordinal));
        Assert.Null(await Users.FindAsync(email, Token));
    }
}

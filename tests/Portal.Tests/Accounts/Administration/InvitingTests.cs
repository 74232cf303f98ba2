using Microsoft.AspNetCore.Http;
using Portal.Accounts.Administration;
using Portal.Accounts.Mail;
using Portal.Accounts.Recovery;
using Portal.Accounts.Users;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Administration;

/// <summary>An account made for somebody, which becomes theirs by a link alone.</summary>
public sealed class InvitingTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private const string Password = "seven herons sleep by lamplight";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    private IInvitationService Invitations => _host.Get<IInvitationService>();

    [Fact]
    [Trait("ASVS", "6.4.1")]
    public async Task The_link_lets_the_person_choose_a_password_once_and_confirms_the_address()
    {
        var (user, secret) = await InviteAsync("invited@example.org");
        Assert.True((await Users.DetailsAsync(user.Email, Token))!.IsInvited);
        Assert.Equal(OneTimeLinkStatus.Usable, await Invitations.StatusOfAsync(user.Id, secret, Token));

        Assert.IsType<RecoveryOutcome.Invalid>(await AcceptAsync(user, secret, "short"));
        Assert.IsType<RecoveryOutcome.Reset>(await AcceptAsync(user, secret, Password));
        Assert.IsType<RecoveryOutcome.Unusable>(await AcceptAsync(user, secret, Password + " again"));

        Assert.NotNull((await Users.FindAsync(user.Email, Token))!.ConfirmedAt);
        using var browser = _host.CreateClient();
        using var answer = await PortalHost.SignInAsync(browser, user.Email, Password, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
        Assert.DoesNotContain(await _host.PromisedAsync(user.Email), mail => mail is AccountMail.PasswordChanged);
        Assert.Equal(["account-created", "invited", "invitation-accepted", "email-confirmed"], (await Audit.AuditRows.EventsAboutAsync(_host, user.Id)).Select(row => row.Split(' ')[0]).Take(4));
    }

    [Fact]
    [Trait("ASVS", "6.4.1")]
    public async Task It_ends_after_a_week_and_another_one_replaces_it()
    {
        var (user, first) = await InviteAsync("twice@example.org");
        Assert.IsType<AdminOutcome.Done>(await Users.SendResetAsync(user.Email, Operator.CommandLine, Token));
        var second = SecretOf((await _host.PromisedAsync(user.Email)).OfType<AccountMail.Invitation>().Last());

        Assert.Equal(OneTimeLinkStatus.Used, await Invitations.StatusOfAsync(user.Id, first, Token));
        Assert.Equal(OneTimeLinkStatus.Usable, await Invitations.StatusOfAsync(user.Id, second, Token));
        _host.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(OneTimeLinkStatus.Expired, await Invitations.StatusOfAsync(user.Id, second, Token));
    }

    [Fact]
    public async Task An_invitation_that_is_replaced_while_its_form_is_open_says_so()
    {
        var (user, first) = await InviteAsync("slow@example.org");
        using var browser = _host.CreateClient();
        var link = FormattableString.Invariant($"/invitation?user={user.Id}&token={first}");
        var form = (await PortalHost.OpenFormAsync(browser, link, "invitation", Token)).With("Input.Password", Password).With("Input.ConfirmPassword", Password);
        Assert.IsType<AdminOutcome.Done>(await Users.SendResetAsync(user.Email, Operator.CommandLine, Token));

        using var answer = await browser.PostAsync(link, form.ToContent(), Token);

        Assert.Contains("a newer one replaced it", (await answer.PageAsync()).Alert());
        Assert.Null((await Users.FindAsync(user.Email, Token))!.ConfirmedAt);
    }

    [Fact]
    public async Task Another_address_takes_the_invitation_with_it()
    {
        var (user, secret) = await InviteAsync("mistyped@example.org");

        await Users.EditAsync(user.Email, new UserEdit(new Dictionary<string, string?> { [UserEdit.Email] = "typed-right@example.org" }), Operator.CommandLine, Token);

        Assert.Equal(OneTimeLinkStatus.Used, await Invitations.StatusOfAsync(user.Id, secret, Token));
        var again = Assert.IsType<AccountMail.Invitation>(Assert.Single(await _host.PromisedAsync("typed-right@example.org")));
        Assert.IsType<RecoveryOutcome.Reset>(await AcceptAsync(user, SecretOf(again), Password));
    }

    [Fact]
    public async Task Nobody_is_invited_to_a_taken_address_or_into_a_role_that_is_not_there()
    {
        var taken = await _host.CreateUserAsync();

        Assert.IsType<AdminOutcome.Refused>(await Users.InviteAsync(new Invitation { Email = taken.Email }, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Users.InviteAsync(new Invitation { Email = "roleless@example.org", Roles = ["no-such-role"] }, Operator.CommandLine, Token));
        Assert.Null(await Users.FindAsync("roleless@example.org", Token));
        Assert.Empty(await _host.PromisedAsync("roleless@example.org"));
    }

    private static string SecretOf(AccountMail.Invitation mail) => mail.Url[(mail.Url.IndexOf("token=", StringComparison.Ordinal) + "token=".Length)..];

    private async Task<(UserInfo User, string Secret)> InviteAsync(string email)
    {
        Assert.IsType<AdminOutcome.Done>(await Users.InviteAsync(new Invitation { Email = email }, Operator.CommandLine, Token));
        return ((await Users.FindAsync(email, Token))!, SecretOf((await _host.PromisedAsync(email)).OfType<AccountMail.Invitation>().Single()));
    }

    private Task<RecoveryOutcome> AcceptAsync(UserInfo user, string secret, string password) =>
        Invitations.AcceptAsync(new DefaultHttpContext(), user.Id, secret, password, Token);
}

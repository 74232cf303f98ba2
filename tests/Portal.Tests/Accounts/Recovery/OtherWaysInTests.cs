using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Recovery;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Recovery;

/// <summary>What a new password by a link leaves of everything else that opens the account.</summary>
public sealed class OtherWaysInTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private const string New = "seven herons sleep by lamplight";

    /// <summary>Long enough beside an app alone.</summary>
    private const string Short = "kT9#vq7mZw";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRecoveryService Recovery => _host.Get<IRecoveryService>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Trait("ASVS", "6.4.3")]
    public async Task A_person_whose_address_an_operator_replaced_is_still_asked_for_the_code(int replacements)
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        var email = user.Email;
        for (var i = 0; i < replacements; i++)
        {
            email = await ReplaceAsync(user, $"moved-{i}-{user.Id}@example.org");
        }

        Assert.IsType<RecoveryOutcome.Reset>(await ResetAsync(user, email, Short));

        using var browser = _host.CreateClient();
        using var answer = await PortalHost.SignInAsync(browser, email, Short, cancellationToken: Token);
        Assert.Equal("/login/two-factor", answer.LeadsTo()?.Split('?')[0]);
        Assert.False(await browser.IsSignedInAsync());
        Assert.DoesNotContain(await _host.PromisedAsync(email), mail => mail is AccountMail.WaysInRemoved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("ASVS", "6.3.7")]
    public async Task Where_nobody_had_proved_an_address_everything_else_goes_is_logged_and_told_by_one_mail(bool isReplaced)
    {
        var user = await _host.CreateUserAsync(isConfirmed: false);
        await _host.AddSecondFactorAsync(user);
        await AddAsync(user, NewPasskey(user.Id));
        var email = isReplaced ? await ReplaceAsync(user, $"typed-right-{user.Id}@example.org") : user.Email;

        Assert.IsType<RecoveryOutcome.Reset>(await ResetAsync(user, email, New));

        Assert.Equal(0, await _host.QueryAsync(async context =>
            await context.Authenticators.CountAsync(row => row.UserId == user.Id, Token)
            + await context.UserPasskeys.CountAsync(row => row.UserId == user.Id, Token)
            + await context.UserLogins.CountAsync(row => row.UserId == user.Id, Token)));
        var kinds = await _host.EventsOfAsync(user.Id);
        Assert.All(["identity-unlinked", "passkey-removed", "second-factor-removed"], kind => Assert.Single(kinds, found => found == kind));
        var mail = Assert.Single((await _host.PromisedAsync(email)).OfType<AccountMail.WaysInRemoved>());
        Assert.Equal((1, true, false, false, false), (mail.Removed.Passkeys, mail.Removed.HadApp, mail.Removed.HadCodes, mail.Removed.HadPassword, mail.IsByReport));
        Assert.Equal(["oidc"], mail.Removed.Providers);
    }

    [Fact]
    [Trait("ASVS", "6.2.1")]
    public async Task A_password_that_is_short_beside_the_app_is_refused_where_the_app_goes_with_it()
    {
        var user = await _host.CreateUserAsync(isConfirmed: false);
        await _host.AddSecondFactorAsync(user);

        var refused = Assert.IsType<RecoveryOutcome.Invalid>(await ResetAsync(user, user.Email, Short));

        Assert.Contains("15", Assert.Single(refused.Errors).Message, StringComparison.Ordinal);
        Assert.True(await _host.QueryAsync(context => context.Authenticators.AnyAsync(row => row.UserId == user.Id, Token)));
    }

    [Theory]
    [InlineData(true, true, 8)]
    [InlineData(true, false, 15)]
    [InlineData(false, true, 15)]
    [Trait("ASVS", "6.2.1")]
    public async Task The_page_names_the_length_that_will_be_asked_for(bool isConfirmed, bool hasApp, int minimum)
    {
        var user = await _host.CreateUserAsync(isConfirmed: isConfirmed);
        if (hasApp)
        {
            await _host.AddSecondFactorAsync(user);
        }

        using var browser = _host.CreateClient();
        var link = await LinkAsync(user.Email);
        var opened = await browser.GetStringAsync(link, Token);
        using var refused = await PortalHost.PostFormAsync(browser, link, "reset-password", [new("Input.Password", "herons"), new("Input.ConfirmPassword", "herons")], Token);

        Assert.Contains($"At least {minimum} characters.", opened, StringComparison.Ordinal);
        Assert.Contains($"At least {minimum} characters.", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_whom_a_made_up_link_names_no_length_tells_anything()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);

        Assert.Equal(15, await Recovery.MinimumLengthAsync(user.Id, new string('A', 43), Token));
    }

    private static UserPasskey NewPasskey(long userId) => new()
    {
        UserId = userId,
        CredentialId = BitConverter.GetBytes(userId),
        Seal = [7],
        Data = new() { PublicKey = [4], Name = "Key", Transports = ["usb"], AttestationObject = [5], ClientDataJson = [6] },
    };

    private Task<int> AddAsync(TestUser user, UserPasskey passkey) => _host.QueryAsync(context =>
    {
        context.UserPasskeys.Add(passkey);
        context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = "oidc", ProviderKey = $"subject-{user.Id}" });
        return context.SaveChangesAsync(Token);
    });

    /// <summary>An operator gives the account another address. Returns it.</summary>
    private async Task<string> ReplaceAsync(TestUser user, string email)
    {
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().EditAsync(
            $"{user.Id}", new UserEdit(new Dictionary<string, string?> { [UserEdit.Email] = email }), Operator.CommandLine, Token));
        return email;
    }

    private async Task<string> LinkAsync(string email)
    {
        await Recovery.RequestAsync(People.Visitor(), email, Token);
        return new Uri((await _host.PromisedAsync<AccountMail.ResetPassword>(email)).Url).PathAndQuery;
    }

    private async Task<RecoveryOutcome> ResetAsync(TestUser user, string email, string password)
    {
        var link = new Uri(_host.BaseAddress, await LinkAsync(email));
        return await Recovery.ResetAsync(People.Visitor(), user.Id, StaticLink.Parts(link).Token, password, Token);
    }
}

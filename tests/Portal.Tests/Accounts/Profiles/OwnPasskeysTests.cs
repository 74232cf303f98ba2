using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Accounts.Profiles;

public sealed class OwnPasskeysTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPasskeyService Passkeys => _host.Get<IPasskeyService>();

    [Fact]
    [Trait("ASVS", "6.5.6")]
    [Trait("ASVS", "6.3.7")]
    public async Task One_that_is_removed_is_gone_logged_and_mailed_of()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);

        var removed = Assert.IsType<PasskeyOutcome.Done>(await Passkeys.RemoveAsync(person, added.Id, endOthers: false, Token));

        Assert.Equal((added, 0), (removed.Passkey, removed.EndedSessions));
        Assert.Empty((await Passkeys.FindAsync(person, Token))!.Passkeys);
        Assert.Equal(["passkey-added", "passkey-removed"], (await _host.EventsOfAsync(user.Id)).Where(kind => kind.StartsWith("passkey", StringComparison.Ordinal)));
        var mail = await _host.PromisedAsync<AccountMail.PasskeyRemoved>(user.Email);
        Assert.Equal(($"{_host.BaseAddress}account/security", "Firefox on Linux"), (mail.SecurityUrl, mail.Occasion.Device));
        Assert.IsType<PasskeyOutcome.Missing>(await Passkeys.RemoveAsync(person, added.Id, endOthers: false, Token));
    }

    [Fact]
    [Trait("ASVS", "7.4.3")]
    public async Task The_other_sessions_end_where_that_is_wished_and_this_one_goes_on()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);
        using var phone = await _host.BeginSessionAsync(user);

        Assert.Equal(1, Assert.IsType<PasskeyOutcome.Done>(await Passkeys.RemoveAsync(person, added.Id, endOthers: true, Token)).EndedSessions);

        Assert.False(await phone.IsSignedInAsync());
        Assert.NotNull(await Passkeys.FindAsync(person, Token));
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Who_did_not_prove_themself_lately_removes_none()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);
        await _host.AgeAsync(person);

        Assert.IsType<PasskeyOutcome.NeedsRecentAuthentication>(await Passkeys.RemoveAsync(person, added.Id, endOthers: true, Token));
        Assert.Single((await Passkeys.FindAsync(person, Token))!.Passkeys);
    }

    [Fact]
    public async Task The_last_way_in_stays_and_of_two_that_go_at_once_one_does()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var first = _host.NewPasskey();
        using var second = _host.NewPasskey();
        var (one, two) = (await _host.HasPasskeyAsync(person, first), await _host.HasPasskeyAsync(person, second));
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token));

        var outcomes = await Task.WhenAll(
            Task.Run(() => Passkeys.RemoveAsync(person, one.Id, endOthers: false, Token), Token), Task.Run(() => Passkeys.RemoveAsync(person, two.Id, endOthers: false, Token), Token));

        Assert.Single(outcomes.OfType<PasskeyOutcome.Done>());
        Assert.Single(outcomes.OfType<PasskeyOutcome.LastWayIn>());
        Assert.Single((await Passkeys.FindAsync(person, Token))!.Passkeys);
    }

    [Theory]
    [InlineData("oidc", true)]
    [InlineData("gone", false)]
    public async Task The_last_passkey_may_go_where_an_identity_of_a_configured_provider_is_left(string provider, bool mayGo)
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            foreach (var (key, value) in new (string, string)[] { ("Scheme", "oidc"), ("DisplayName", "Example ID"), ("Authority", "http://localhost:1"), ("ClientId", "portal"), ("ClientSecret", "secret") })
            {
                options.Settings[$"ExternalProviders:0:{key}"] = value;
            }
        });
        var (user, person) = await host.NewPersonAsync();
        using var passkey = host.NewPasskey();
        var info = await host.HasPasskeyAsync(person, passkey);
        await host.QueryAsync(async context =>
        {
            context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = provider, ProviderKey = "one" });
            await context.SaveChangesAsync(Token);
            return await context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token);
        });

        var outcome = await host.Get<IPasskeyService>().RemoveAsync(person, info.Id, endOthers: false, Token);

        Assert.Equal(mayGo, outcome is PasskeyOutcome.Done);
        Assert.Equal(!mayGo, outcome is PasskeyOutcome.LastWayIn);
    }

    [Fact]
    public async Task A_name_can_be_changed_and_the_log_knows_both()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);

        Assert.Equal("Blue key", Assert.IsType<PasskeyOutcome.Done>(await Passkeys.RenameAsync(person, added.Id, "  Blue key ", Token)).Passkey.Name);

        Assert.Equal("Blue key", Assert.Single((await Passkeys.FindAsync(person, Token))!.Passkeys).Name);
        var details = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == user.Id && row.Kind == "passkey-renamed").Select(row => row.Details).SingleAsync(Token));
        Assert.Contains("Firefox on Linux", details, StringComparison.Ordinal);
        Assert.Contains("Blue key", details, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("sixty-five characters, which is one more than a name may have, no")]
    public async Task A_name_that_cannot_be_is_told_and_changes_nothing(string? name)
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);

        Assert.Equal("Name", Assert.IsType<PasskeyOutcome.Invalid>(await Passkeys.RenameAsync(person, added.Id, name, Token)).Error.Field);
        Assert.Equal(added, Assert.Single((await Passkeys.FindAsync(person, Token))!.Passkeys));
    }

    [Fact]
    public async Task Another_persons_passkeys_are_not_there()
    {
        var (_, ana) = await _host.NewPersonAsync();
        var (_, ben) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(ana, passkey);

        Assert.IsType<PasskeyOutcome.Missing>(await Passkeys.RenameAsync(ben, added.Id, "Mine", Token));
        Assert.IsType<PasskeyOutcome.Missing>(await Passkeys.RemoveAsync(ben, added.Id, endOthers: false, Token));
        Assert.Empty((await Passkeys.FindAsync(ben, Token))!.Passkeys);
    }

    [Fact]
    public async Task Whoever_acts_as_them_changes_none()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var added = await _host.HasPasskeyAsync(person, passkey);
        person.Identities.First().AddClaim(new(SessionClaims.ActorType, "7"));

        Assert.IsType<PasskeyOutcome.Impersonating>(await Passkeys.RemoveAsync(person, added.Id, endOthers: false, Token));
        Assert.IsType<PasskeyOutcome.Impersonating>(await Passkeys.RenameAsync(person, added.Id, "Mine", Token));
    }

    [Fact]
    public async Task A_session_that_ended_sees_and_changes_none()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.EndUserAsync(user.Id);

        Assert.Null(await Passkeys.FindAsync(person, Token));
        Assert.IsType<PasskeyOutcome.Gone>(await Passkeys.BeginAddingAsync(person, Token));
        Assert.IsType<PasskeyOutcome.Gone>(await Passkeys.RemoveAsync(person, "x", endOthers: true, Token));
    }

    [Fact]
    public async Task Password_managers_are_told_which_are_left()
    {
        var (user, person) = await _host.NewPersonAsync();
        Assert.Null((await Passkeys.FindAsync(person, Token))!.Signal);
        using var passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(person, passkey);

        var signal = (await Passkeys.FindAsync(person, Token))!.Signal!;

        Assert.Equal(("localhost", passkey.UserHandle, user.Email), (signal.RpId, signal.UserId, signal.Name));
        Assert.Equal([System.Buffers.Text.Base64Url.EncodeToString(passkey.CredentialId)], signal.CredentialIds);
    }
}

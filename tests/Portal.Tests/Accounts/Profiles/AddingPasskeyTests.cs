using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passkeys;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Accounts.Profiles;

public sealed class AddingPasskeyTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPasskeyService Passkeys => _host.Get<IPasskeyService>();

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task One_that_was_made_is_listed_logged_and_mailed_of()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();

        var added = Assert.IsType<PasskeyOutcome.Done>(await _host.AddAsync(person, passkey));

        Assert.Equal(("Firefox on Linux", false, null), (added.Passkey.Name, added.Passkey.IsSynced, added.Passkey.LastUsedAt));
        Assert.Equal([added.Passkey], (await Passkeys.FindAsync(person, Token))!.Passkeys);
        Assert.Equal("passkey-added", (await _host.EventsOfAsync(user.Id))[^1]);
        var mail = await _host.PromisedAsync<AccountMail.PasskeyAdded>(user.Email);
        Assert.Equal((0, $"{_host.BaseAddress}account/security", "Firefox on Linux"), (mail.EndedSessions, mail.SecurityUrl, mail.Occasion.Device));
    }

    [Fact]
    [Trait("ASVS", "6.7.2")]
    public async Task The_question_is_long_new_each_time_and_asks_for_everything()
    {
        var (user, person) = await _host.NewPersonAsync();

        var (first, second) = (await AskAsync(person), await AskAsync(person));

        Assert.Equal(43, ((string)first["challenge"]!).Length);
        Assert.NotEqual((string)first["challenge"]!, (string)second["challenge"]!);
        Assert.Equal(("localhost", "Portal"), ((string)first["rp"]!["id"]!, (string)first["rp"]!["name"]!));
        Assert.Equal(("required", "required"), ((string)first["authenticatorSelection"]!["userVerification"]!, (string)first["authenticatorSelection"]!["residentKey"]!));
        Assert.Equal(user.Email, (string)first["user"]!["name"]!);
        // The person's handle stays, and their number is not in it.
        Assert.Equal((string)first["user"]!["id"]!, (string)second["user"]!["id"]!);
        var handle = Encoding.UTF8.GetString(Base64Url.DecodeFromChars((string)first["user"]!["id"]!));
        Assert.Equal(32, Base64Url.DecodeFromChars(handle).Length);
        Assert.NotEqual(user.Id.ToString(CultureInfo.InvariantCulture), handle);
    }

    [Fact]
    public async Task A_device_that_has_one_is_named_so_that_it_makes_no_second()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(person, passkey);

        var excluded = Assert.Single((await AskAsync(person))["excludeCredentials"]!.AsArray());
        Assert.Equal(Base64Url.EncodeToString(passkey.CredentialId), (string)excluded!["id"]!);
        Assert.IsType<PasskeyOutcome.Taken>(await _host.AddAsync(person, passkey));
    }

    [Fact]
    public async Task Nobody_adds_the_passkey_of_another()
    {
        var (_, ana) = await _host.NewPersonAsync();
        var (_, ben) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        await _host.HasPasskeyAsync(ana, passkey);

        Assert.IsType<PasskeyOutcome.Taken>(await _host.AddAsync(ben, passkey));
        Assert.Empty((await Passkeys.FindAsync(ben, Token))!.Passkeys);
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Who_did_not_prove_themself_lately_is_asked_to_first()
    {
        var (_, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);

        Assert.IsType<PasskeyOutcome.NeedsRecentAuthentication>(await Passkeys.BeginAddingAsync(person, Token));
    }

    [Fact]
    [Trait("ASVS", "7.4.3")]
    public async Task The_other_sessions_end_where_that_is_wished()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var phone = await _host.BeginSessionAsync(user);
        using var passkey = _host.NewPasskey();

        var added = Assert.IsType<PasskeyOutcome.Done>(await _host.AddAsync(person, passkey, endOthers: true));

        Assert.Equal(1, added.EndedSessions);
        Assert.False(await phone.IsSignedInAsync());
        Assert.NotNull(await Passkeys.FindAsync(person, Token));
        Assert.Equal(1, (await _host.PromisedAsync<AccountMail.PasskeyAdded>(user.Email)).EndedSessions);
    }

    [Fact]
    public async Task What_is_made_on_another_site_is_refused()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = new SoftPasskey("https://portal.example.net");

        Assert.Equal(new PasskeyOutcome.Refused(PasskeyRefusal.Rejected), await _host.AddAsync(person, passkey));
        Assert.Empty((await Passkeys.FindAsync(person, Token))!.Passkeys);
    }

    [Fact]
    [Trait("ASVS", "6.5.7")]
    public async Task What_does_not_check_who_is_there_is_refused()
    {
        var (_, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        passkey.IsVerifying = false;

        Assert.Equal(new PasskeyOutcome.Refused(PasskeyRefusal.Rejected), await _host.AddAsync(person, passkey));
    }

    [Fact]
    public async Task An_answer_counts_once_in_the_session_that_asked_and_for_five_minutes()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var passkeys = host.Get<IPasskeyService>();
        var (user, person) = await host.NewPersonAsync();
        var elsewhere = await host.PersonOfAsync(user);
        using var first = host.NewPasskey();
        using var second = host.NewPasskey();
        var ready = Assert.IsType<PasskeyOutcome.Ready>(await passkeys.BeginAddingAsync(person, Token));

        Assert.Equal(
            new PasskeyOutcome.Refused(PasskeyRefusal.Expired), await passkeys.AddAsync(elsewhere, ready.Prompt.Ticket, first.Create(ready.Prompt.Options), false, Token));
        Assert.IsType<PasskeyOutcome.Done>(await passkeys.AddAsync(person, ready.Prompt.Ticket, first.Create(ready.Prompt.Options), false, Token));
        Assert.Equal(
            new PasskeyOutcome.Refused(PasskeyRefusal.Replayed), await passkeys.AddAsync(person, ready.Prompt.Ticket, second.Create(ready.Prompt.Options), false, Token));

        var late = Assert.IsType<PasskeyOutcome.Ready>(await passkeys.BeginAddingAsync(person, Token));
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(
            new PasskeyOutcome.Refused(PasskeyRefusal.Expired), await passkeys.AddAsync(person, late.Prompt.Ticket, second.Create(late.Prompt.Options), false, Token));
        Assert.Single((await passkeys.FindAsync(person, Token))!.Passkeys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA"}""")]
    [InlineData("""{"id":"not base64!","response":{}}""")]
    public async Task What_is_no_answer_is_refused(string answer)
    {
        var (_, person) = await _host.NewPersonAsync();
        var ready = Assert.IsType<PasskeyOutcome.Ready>(await Passkeys.BeginAddingAsync(person, Token));

        Assert.Equal(new PasskeyOutcome.Refused(PasskeyRefusal.Rejected), await Passkeys.AddAsync(person, ready.Prompt.Ticket, answer, false, Token));
    }

    [Fact]
    public async Task There_is_room_for_twenty_each_with_a_name_of_its_own()
    {
        var (_, person) = await _host.NewPersonAsync();
        for (var i = 0; i < PasskeyList.MaxPasskeys; i++)
        {
            using var passkey = new SoftPasskey(_host.BaseAddress.GetLeftPart(UriPartial.Authority)) { Model = new("d548826e-79b4-db40-a3d8-11116f7e8349"), IsSynced = true };
            await _host.HasPasskeyAsync(person, passkey);
        }

        Assert.IsType<PasskeyOutcome.Full>(await Passkeys.BeginAddingAsync(person, Token));
        var list = (await Passkeys.FindAsync(person, Token))!.Passkeys;
        Assert.Equal(20, list.Select(passkey => passkey.Name).Distinct().Count());
        Assert.Contains(list, passkey => passkey is { Name: "Bitwarden 20", IsSynced: true });
    }

    [Fact]
    public async Task Two_that_ask_at_once_are_called_the_same()
    {
        var (_, person) = await _host.NewPersonAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(person)));

        Assert.Single(asked.Select(options => (string)options["user"]!["id"]!).Distinct());
    }

    [Fact]
    public async Task The_answer_that_comes_twice_at_once_adds_one()
    {
        var (user, person) = await _host.NewPersonAsync();
        using var passkey = _host.NewPasskey();
        var ready = Assert.IsType<PasskeyOutcome.Ready>(await Passkeys.BeginAddingAsync(person, Token));
        var answer = passkey.Create(ready.Prompt.Options);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Passkeys.AddAsync(person, ready.Prompt.Ticket, answer, false, Token)));

        Assert.Single(outcomes.OfType<PasskeyOutcome.Done>());
        Assert.Equal(1, await _host.QueryAsync(context => context.UserPasskeys.CountAsync(row => row.UserId == user.Id, Token)));
    }

    [Fact]
    public async Task Whoever_acts_as_them_adds_none()
    {
        var (_, person) = await _host.NewPersonAsync();
        person.Identities.First().AddClaim(new(SessionClaims.ActorType, "7"));

        Assert.IsType<PasskeyOutcome.Impersonating>(await Passkeys.BeginAddingAsync(person, Token));
        Assert.IsType<PasskeyOutcome.Impersonating>(await Passkeys.AddAsync(person, "", "", false, Token));
    }

    [Fact]
    public async Task Open_pages_hear_of_it()
    {
        var (user, person) = await _host.NewPersonAsync();
        var heard = new List<AccountEvent>();
        using var subscription = _host.Get<IAccountEvents>().Subscribe(happened => heard.AddRange(happened.UserId == user.Id ? [happened] : []));
        using var passkey = _host.NewPasskey();

        await _host.HasPasskeyAsync(person, passkey);

        Assert.Contains(new AccountEvent.UserChanged(user.Id), heard);
    }

    private async Task<JsonNode> AskAsync(ClaimsPrincipal person) =>
        JsonNode.Parse(Assert.IsType<PasskeyOutcome.Ready>(await Passkeys.BeginAddingAsync(person, Token)).Prompt.Options)!;
}

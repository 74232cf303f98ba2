using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Recovery;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

public sealed class ConfirmingNewEmailTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private static int asked;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEmailChangeService Changes => _host.Get<IEmailChangeService>();

    [Fact]
    public async Task The_link_makes_the_address_the_accounts_and_tells_both_and_every_session_stays()
    {
        var wish = await WishAsync();
        using var other = await _host.BeginSessionAsync(wish.User);
        List<AccountEvent> heard = [];
        using var hearing = _host.Get<IAccountEvents>().Subscribe(heard.Add);

        var changed = Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(wish));

        Assert.Equal(wish.NewEmail, changed.Email);
        var user = (await _host.FindAsync(wish.User.Id))!;
        Assert.Equal((wish.NewEmail, wish.NewEmail.ToUpperInvariant(), "new.example.org", true, null), (user.Email, user.NormalizedEmail, user.Domain, user.EmailConfirmed, user.NewEmail));
        foreach (var recipient in new[] { wish.User.Email, wish.NewEmail })
        {
            var told = await _host.PromisedAsync<AccountMail.EmailChanged>(recipient);
            Assert.Equal((wish.User.Email, wish.NewEmail, "203.0.113.7"), (told.OldEmail, told.NewEmail, told.Occasion.Ip));
        }

        Assert.Contains(new AccountEvent.UserChanged(wish.User.Id), heard);
        Assert.Contains("email-changed", await _host.EventsOfAsync(wish.User.Id));
        Assert.True(await other.IsSignedInAsync());
        Assert.Equal(wish.NewEmail, (await _host.PersonAsync(other)).FindFirst(ClaimTypes.Email)!.Value);
        Assert.Equal(2, (await _host.SessionsOfAsync(wish.User, Token)).Count);
    }

    [Fact]
    public async Task Who_read_the_account_before_does_not_write_over_the_new_address()
    {
        var wish = await WishAsync();
        var (users, id) = (_host.Get<IUserAdmin>(), $"{wish.User.Id}");
        var seen = (await users.DetailsAsync(id, Token))!.Version;
        await ConfirmAsync(wish);

        var late = await users.EditAsync(id, new UserEdit(new Dictionary<string, string?> { [UserEdit.Email] = "other@example.org" }) { Version = seen }, Operator.CommandLine, Token);

        Assert.Equal(wish.NewEmail, Assert.Single(Assert.IsType<AdminOutcome.Conflict>(late).Fields).Theirs);
    }

    [Fact]
    public async Task Whose_first_confirmed_address_it_is_gets_a_welcome_and_a_line_that_tell_from_where()
    {
        var wish = await WishAsync();
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == wish.User.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.ConfirmedAt, (DateTimeOffset?)null), Token));

        await ConfirmAsync(wish);

        Assert.Equal(("Firefox on Linux", "203.0.113.7"), (await _host.PromisedAsync<AccountMail.Welcome>(wish.NewEmail)).Occasion is { } at ? (at.Device, at.Ip) : default);
        Assert.Equal("203.0.113.7", await _host.QueryAsync(context => context.AuditEvents
            .Where(row => row.SubjectId == wish.User.Id && row.Kind == "email-confirmed").Select(row => row.Ip).SingleAsync(Token)));
    }

    [Fact]
    public async Task They_sign_in_by_the_new_address_and_no_longer_by_the_old_one()
    {
        var wish = await WishAsync();
        await ConfirmAsync(wish);

        using var old = await PortalHost.SignInAsync(_host.CreateClient(), wish.User.Email, PortalHost.DefaultPassword, cancellationToken: Token);
        using var now = await PortalHost.SignInAsync(_host.CreateClient(), wish.NewEmail, PortalHost.DefaultPassword, cancellationToken: Token);

        Assert.Equal((null, System.Net.HttpStatusCode.Redirect), (old.LeadsTo(), now.StatusCode));
    }

    [Fact]
    public async Task A_wish_dies_with_the_password_it_was_asked_under()
    {
        var wish = await WishAsync();
        var recovery = _host.Get<IRecoveryService>();
        await recovery.RequestAsync(People.Visitor(), wish.User.Email, Token);
        var (user, token) = People.Read((await _host.PromisedAsync<AccountMail.ResetPassword>(wish.User.Email)).Url);
        Assert.IsType<RecoveryOutcome.Reset>(await recovery.ResetAsync(People.Visitor(), user, token, "seven herons sleep by lamplight", Token));

        var dead = Assert.IsType<NewEmailOutcome.Dead>(await ConfirmAsync(wish));

        Assert.Equal(OneTimeLinkStatus.Used, dead.Status);
        Assert.Equal(wish.User.Email, (await _host.FindAsync(user))!.Email);
        Assert.Contains("email-change-stopped", await _host.EventsOfAsync(user));
    }

    [Fact]
    public async Task A_link_for_a_new_password_in_the_former_mailbox_opens_nothing_any_more()
    {
        var wish = await WishAsync();
        var recovery = _host.Get<IRecoveryService>();
        await recovery.RequestAsync(People.Visitor(), wish.User.Email, Token);
        var (user, token) = People.Read((await _host.PromisedAsync<AccountMail.ResetPassword>(wish.User.Email)).Url);
        Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(wish));

        var answer = await recovery.ResetAsync(People.Visitor(), user, token, "seven herons sleep by lamplight", Token);

        Assert.Equal(OneTimeLinkStatus.Used, Assert.IsType<RecoveryOutcome.Unusable>(answer).Status);
    }

    [Fact]
    public async Task Of_many_confirmations_at_once_one_changes_the_address()
    {
        var wish = await WishAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ConfirmAsync(wish), Token)));

        Assert.Single(outcomes.OfType<NewEmailOutcome.Changed>());
        Assert.All(outcomes.OfType<NewEmailOutcome.Dead>(), dead => Assert.Equal(OneTimeLinkStatus.Used, dead.Status));
        Assert.Equal(2, (await _host.PromisedAsync(wish.NewEmail)).Count);
    }

    [Fact]
    public async Task Of_two_who_want_one_address_and_confirm_at_once_one_gets_it()
    {
        var first = await WishAsync();
        var second = await WishAsync(first.NewEmail);

        var outcomes = await Task.WhenAll(new[] { first, second }.Select(wish => Task.Run(() => ConfirmAsync(wish), Token)));

        Assert.Single(outcomes.OfType<NewEmailOutcome.Changed>());
        Assert.Contains("Another account has this address", Assert.Single(outcomes.OfType<NewEmailOutcome.Refused>()).Message);
        Assert.Equal(1, await _host.QueryAsync(context => context.Users.CountAsync(user => user.Email == first.NewEmail, Token)));
    }

    [Fact]
    public async Task An_address_that_was_registered_meanwhile_stays_its_owners()
    {
        var wish = await WishAsync();
        await _host.CreateUserAsync(wish.NewEmail);

        Assert.IsType<NewEmailOutcome.Refused>(await ConfirmAsync(wish));

        Assert.Equal((wish.User.Email, wish.NewEmail), ((await _host.FindAsync(wish.User.Id))!.Email, (await _host.FindAsync(wish.User.Id))!.NewEmail));
    }

    [Fact]
    public async Task A_domain_blocked_meanwhile_refuses_and_the_link_works_once_that_is_over()
    {
        var wish = await WishAsync("person@turned.example");
        await _host.Get<IDomainAdmin>().SetAsync("turned.example", "blocked", Operator.CommandLine, Token);
        Assert.IsType<NewEmailOutcome.Refused>(await ConfirmAsync(wish));
        Assert.Equal(OneTimeLinkStatus.Usable, await Changes.StatusOfAsync(wish.User.Id, wish.Confirm, Token));

        await _host.Get<IDomainAdmin>().SetAsync("turned.example", "moderated", Operator.CommandLine, Token);

        Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(wish));
    }

    [Fact]
    public async Task A_deactivated_persons_link_changes_nothing()
    {
        var wish = await WishAsync();
        await _host.Get<IUserAdmin>().DeactivateAsync(wish.User.Email, Operator.CommandLine, Token);

        Assert.IsType<NewEmailOutcome.Refused>(await ConfirmAsync(wish));
        Assert.Equal(wish.User.Email, (await _host.FindAsync(wish.User.Id))!.Email);
    }

    [Fact]
    public async Task A_verified_domain_verifies_and_leaving_one_does_not_unverify()
    {
        await _host.Get<IDomainAdmin>().SetAsync("verified.example", "verified", Operator.CommandLine, Token);
        var into = await WishAsync($"person{Interlocked.Increment(ref asked)}@verified.example");
        await ConfirmAsync(into);
        Assert.NotNull((await _host.FindAsync(into.User.Id))!.VerifiedAt);

        var away = await WishAsync(user: into.User with { Email = into.NewEmail });
        Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(away));

        Assert.NotNull((await _host.FindAsync(into.User.Id))!.VerifiedAt);
        Assert.True(await _host.QueryAsync(context => context.EmailDomains.AnyAsync(domain => domain.Name == "new.example.org", Token)));
    }

    [Fact]
    public async Task Asking_again_makes_the_former_link_useless()
    {
        var first = await WishAsync();
        var second = await WishAsync(user: first.User);

        Assert.Equal(new NewEmailOutcome.Dead(OneTimeLinkStatus.Used), await ConfirmAsync(first));
        Assert.Equal(OneTimeLinkStatus.Used, await StopAsync(first));
        Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(second));
    }

    [Fact]
    public async Task A_link_works_for_half_an_hour()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var wish = await WishAsync(host: host);
        host.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(new NewEmailOutcome.Dead(OneTimeLinkStatus.Expired), await host.Get<IEmailChangeService>().ConfirmAsync(People.Visitor(), wish.User.Id, wish.Confirm, Token));
        Assert.Equal(OneTimeLinkStatus.Expired, await host.Get<IEmailChangeService>().StopAsync(People.Visitor(), wish.User.Id, wish.Stop, Token));
    }

    [Fact]
    public async Task A_link_serves_its_own_person_and_purpose_alone()
    {
        var wish = await WishAsync();
        var other = await _host.CreateUserAsync();

        Assert.Equal(new NewEmailOutcome.Dead(OneTimeLinkStatus.Invalid), await Changes.ConfirmAsync(People.Visitor(), other.Id, wish.Confirm, Token));
        Assert.Equal(new NewEmailOutcome.Dead(OneTimeLinkStatus.Invalid), await Changes.ConfirmAsync(People.Visitor(), wish.User.Id, wish.Stop, Token));
        Assert.Equal(new NewEmailOutcome.Dead(OneTimeLinkStatus.Invalid), await Changes.ConfirmAsync(People.Visitor(), wish.User.Id, null, Token));
        Assert.Equal(OneTimeLinkStatus.Invalid, await Changes.StopAsync(People.Visitor(), wish.User.Id, wish.Confirm, Token));
        Assert.IsType<NewEmailOutcome.Changed>(await ConfirmAsync(wish));
    }

    [Fact]
    public async Task The_present_address_stops_the_change_once_and_the_new_ones_link_dies()
    {
        var wish = await WishAsync();

        Assert.Equal(OneTimeLinkStatus.Usable, await Changes.StatusOfStopAsync(wish.User.Id, wish.Stop, Token));
        Assert.Equal(OneTimeLinkStatus.Usable, await StopAsync(wish));
        Assert.Equal(OneTimeLinkStatus.Used, await StopAsync(wish));

        Assert.Equal(OneTimeLinkStatus.Used, await Changes.StatusOfAsync(wish.User.Id, wish.Confirm, Token));
        Assert.IsType<NewEmailOutcome.Dead>(await ConfirmAsync(wish));
        Assert.Equal((wish.User.Email, null), ((await _host.FindAsync(wish.User.Id))!.Email, (await _host.FindAsync(wish.User.Id))!.NewEmail));
        var stopped = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(row => row.SubjectId == wish.User.Id && row.Kind == "email-change-stopped", Token));
        Assert.Equal((wish.User.Id, "203.0.113.7"), (stopped.ActorId, stopped.Ip));
    }

    [Fact]
    public async Task Of_a_stop_and_a_confirmation_at_once_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var wish = await WishAsync();

            var confirming = Task.Run(() => ConfirmAsync(wish), Token);
            var stopping = Task.Run(() => StopAsync(wish), Token);
            var isChanged = await confirming is NewEmailOutcome.Changed;
            var isStopped = await stopping is OneTimeLinkStatus.Usable;

            Assert.True(isChanged ^ isStopped);
            Assert.Equal(isChanged ? wish.NewEmail : wish.User.Email, (await _host.FindAsync(wish.User.Id))!.Email);
        }
    }

    private async Task<Wish> WishAsync(string? newEmail = null, TestUser? user = null, PortalHost? host = null)
    {
        host ??= _host;
        user ??= await host.CreateUserAsync();
        newEmail ??= $"wish{Interlocked.Increment(ref asked)}@new.example.org";
        Assert.IsType<EmailChangeOutcome.Requested>(await host.Get<IEmailChangeService>().RequestAsync(await host.PersonOfAsync(user), newEmail, Token));
        var (_, confirm) = People.Read((await host.PromisedAsync<AccountMail.ConfirmNewEmail>(newEmail)).Url);
        var (_, stop) = People.Read((await host.PromisedAsync<AccountMail.EmailChangeAsked>(user.Email)).StopUrl);
        return new Wish(user, newEmail, confirm, stop);
    }

    private Task<NewEmailOutcome> ConfirmAsync(Wish wish) => Changes.ConfirmAsync(People.Visitor(), wish.User.Id, wish.Confirm, Token);

    private Task<OneTimeLinkStatus> StopAsync(Wish wish) => Changes.StopAsync(People.Visitor(), wish.User.Id, wish.Stop, Token);

    private sealed record Wish(TestUser User, string NewEmail, string Confirm, string Stop);
}

using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

public sealed class AskingForAnotherEmailTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private static int asked;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEmailChangeService Changes => _host.Get<IEmailChangeService>();

    [Fact]
    public async Task Asking_changes_nothing_and_mails_both_addresses()
    {
        var (user, person) = await _host.NewPersonAsync();
        var wish = NewAddress();

        var requested = Assert.IsType<EmailChangeOutcome.Requested>(await Changes.RequestAsync(person, $" {wish} ", Token));

        Assert.Equal(_host.Clock.GetUtcNow() + TimeSpan.FromMinutes(30), requested.ExpiresAt);
        Assert.Equal((user.Email, wish), ((await _host.FindAsync(user.Id))!.Email, (await _host.FindAsync(user.Id))!.NewEmail));
        var confirm = await _host.PromisedAsync<AccountMail.ConfirmNewEmail>(wish);
        Assert.StartsWith($"{_host.BaseAddress}confirm-new-email?user={user.Id}&token=", confirm.Url);
        Assert.Equal(("Firefox on Linux", "127.0.0.1"), (confirm.Occasion.Device, confirm.Occasion.Ip));
        var told = await _host.PromisedAsync<AccountMail.EmailChangeAsked>(user.Email);
        Assert.Equal(wish, told.NewEmail);
        Assert.StartsWith($"{_host.BaseAddress}stop-email-change?user={user.Id}&token=", told.StopUrl);
        Assert.Equal(requested.ExpiresAt, told.ExpiresAt);
        Assert.Equal(["email-change-requested"], (await _host.EventsOfAsync(user.Id)).Where(kind => kind.StartsWith("email", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_page_knows_of_the_wish_until_it_expires()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var changes = host.Get<IEmailChangeService>();
        var (user, person) = await host.NewPersonAsync();
        Assert.Equal(new EmailChangeInfo(user.Email, true, null, null), await changes.FindAsync(person, Token));

        await changes.RequestAsync(person, "wish@example.org", Token);
        Assert.Equal(new EmailChangeInfo(user.Email, true, "wish@example.org", host.Clock.GetUtcNow() + TimeSpan.FromMinutes(30)), await changes.FindAsync(person, Token));

        host.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(new EmailChangeInfo(user.Email, true, "wish@example.org", null), await changes.FindAsync(person, Token));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("a@b@example.org")]
    [InlineData("name@nodot")]
    [InlineData("someone@mail.refused.example")]
    public async Task An_address_that_is_none_or_not_accepted_is_refused_before_anything_is_asked(string newEmail)
    {
        await _host.Get<IDomainAdmin>().SetAsync("refused.example", "blocked", Operator.CommandLine, Token);
        var (user, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);

        var invalid = Assert.IsType<EmailChangeOutcome.Invalid>(await Changes.RequestAsync(person, newEmail, Token));

        Assert.Equal("NewEmail", Assert.Single(invalid.Errors).Field);
        Assert.Null((await _host.FindAsync(user.Id))!.NewEmail);
    }

    [Fact]
    public async Task The_address_they_have_is_no_change()
    {
        var (user, person) = await _host.NewPersonAsync();

        Assert.IsType<EmailChangeOutcome.Invalid>(await Changes.RequestAsync(person, user.Email.ToUpperInvariant(), Token));
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task A_session_that_proved_itself_long_ago_must_do_so_again()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.AgeAsync(person);

        Assert.IsType<EmailChangeOutcome.NeedsRecentAuthentication>(await Changes.RequestAsync(person, NewAddress(), Token));

        Assert.Null((await _host.FindAsync(user.Id))!.NewEmail);
        Assert.Empty(await _host.PromisedAsync(user.Email));
    }

    [Fact]
    public async Task An_ended_session_asks_for_nothing()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.IsType<EmailChangeOutcome.Gone>(await Changes.RequestAsync(person, NewAddress(), Token));
        Assert.IsType<EmailChangeOutcome.Gone>(await Changes.RequestAsync(new ClaimsPrincipal(), NewAddress(), Token));
        Assert.Null(await Changes.FindAsync(person, Token));
        Assert.False(await Changes.CancelAsync(person, Token));
        Assert.Null((await _host.FindAsync(user.Id))!.NewEmail);
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_taken_address_is_answered_like_a_free_one_and_its_owner_alone_is_told()
    {
        var (user, person) = await _host.NewPersonAsync();
        var (owner, _) = await _host.NewPersonAsync();
        var free = NewAddress();

        var forFree = await Changes.RequestAsync(person, free, Token);
        var seenFree = await Changes.FindAsync(person, Token);
        var forTaken = await Changes.RequestAsync(person, owner.Email, Token);
        var seenTaken = await Changes.FindAsync(person, Token);

        Assert.IsType<EmailChangeOutcome.Requested>(forFree);
        Assert.Equal(forFree, forTaken);
        Assert.Equal(seenFree! with { NewEmail = owner.Email }, seenTaken);
        var told = Assert.IsType<AccountMail.AlreadyRegistered>(Assert.Single(await _host.PromisedAsync(owner.Email)));
        Assert.Equal((owner.Id, true), (told.UserId, told.IsReplacement));
        Assert.Equal([free, owner.Email], (await _host.PromisedAsync(user.Email)).Cast<AccountMail.EmailChangeAsked>().Select(mail => mail.NewEmail));
        // The rows that one wish leaves are those of the other.
        var links = await _host.QueryAsync(context => context.OneTimeTokens.Where(link => link.UserId == user.Id).OrderBy(link => link.Id)
            .Select(link => new { link.Purpose, IsUsed = link.UsedAt != null }).ToListAsync(Token));
        Assert.Equal([OneTimeTokenPurpose.ChangeEmail, OneTimeTokenPurpose.StopEmailChange], links.Where(link => !link.IsUsed).Select(link => link.Purpose));
    }

    [Fact]
    public async Task Mails_are_limited_by_account_and_by_address()
    {
        var (_, first) = await _host.NewPersonAsync();
        var (_, second) = await _host.NewPersonAsync();
        var wish = NewAddress();
        for (var i = 0; i < 3; i++)
        {
            Assert.IsType<EmailChangeOutcome.Requested>(await Changes.RequestAsync(first, wish, Token));
        }

        var byAccount = Assert.IsType<EmailChangeOutcome.Invalid>(await Changes.RequestAsync(first, NewAddress(), Token));
        var byAddress = Assert.IsType<EmailChangeOutcome.Invalid>(await Changes.RequestAsync(second, wish, Token));

        Assert.Equal("Too many mails were asked for lately. Try again in 60 minutes.", Assert.Single(byAccount.Errors).Message);
        Assert.Equal(byAccount.Errors, byAddress.Errors);
        Assert.IsType<EmailChangeOutcome.Requested>(await Changes.RequestAsync(second, NewAddress(), Token));
    }

    [Fact]
    public async Task Calling_it_off_forgets_the_wish_and_kills_both_links()
    {
        var (user, person) = await _host.NewPersonAsync();
        var wish = NewAddress();
        await Changes.RequestAsync(person, wish, Token);
        var (id, confirm) = People.Read((await _host.PromisedAsync<AccountMail.ConfirmNewEmail>(wish)).Url);
        var (_, stop) = People.Read((await _host.PromisedAsync<AccountMail.EmailChangeAsked>(user.Email)).StopUrl);

        Assert.True(await Changes.CancelAsync(person, Token));

        Assert.False(await Changes.CancelAsync(person, Token));
        Assert.Null((await _host.FindAsync(user.Id))!.NewEmail);
        Assert.IsType<NewEmailOutcome.Dead>(await Changes.ConfirmAsync(People.Visitor(), id, confirm, Token));
        Assert.Equal(Portal.Accounts.Users.OneTimeLinkStatus.Used, await Changes.StopAsync(People.Visitor(), id, stop, Token));
        Assert.Equal(["email-change-requested", "email-change-stopped"], (await _host.EventsOfAsync(user.Id)).Where(kind => kind.StartsWith("email", StringComparison.Ordinal)));
    }

    private static string NewAddress() => $"wish{Interlocked.Increment(ref asked)}@example.org";
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Accounts.Profiles;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>What becomes of an address that an intruder gave the account.</summary>
public sealed partial class NotMeTests
{
    [Fact]
    public async Task An_address_that_the_intruder_gave_the_account_goes_and_recovery_reaches_the_owner_again()
    {
        const string Theirs = "intruder@elsewhere.example.org";
        await ChangeAddressAsync(Theirs);

        var page = await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Contains("the email address again that it had before", page.Alert());
        Assert.Equal(_ana.Email, await AddressAsync());
        foreach (var mailbox in new[] { Theirs, _ana.Email })
        {
            var kinds = await _host.QueryAsync(context => context.OutboxMails
                .Where(mail => mail.Recipient == mailbox && (mail.Kind == "EmailChanged" || mail.Kind == "EmailReturned")).Select(mail => mail.Kind).ToListAsync(Token));
            Assert.Equal(["EmailChanged", "EmailReturned"], kinds.Order());
        }

        using var browser = _host.CreateClient();
        using var asked = await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", _ana.Email)], Token);
        Assert.Equal("/reset-password", CaughtMails.LinkOf(await _host.Mails.WaitForAsync(_ana.Email, "password", Token)).AbsolutePath);
        using var own = await PortalHost.SignInAsync(browser, _ana, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task An_address_that_the_intruder_changed_in_a_second_session_goes_too()
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var second = _host.CreateClient("192.0.2.90");
        using var again = await PortalHost.SignInAsync(second, _ana, cancellationToken: Token);
        await ChangeAddressAsync("one@elsewhere.example.org", second);
        await ChangeAddressAsync("two@elsewhere.example.org");

        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Equal(_ana.Email, await AddressAsync());
    }

    [Fact]
    public async Task Reported_at_the_event_itself_a_change_is_undone_with_the_session_that_asked_for_it()
    {
        await ChangeAddressAsync("intruder@elsewhere.example.org");
        var kind = AuditKind.EmailChanged.ToName();
        var changed = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == _ana.Id && row.Kind == kind).Select(row => row.Id).SingleAsync(Token));

        Assert.Equal(NotMeOutcome.SessionEnded, await _host.Get<IActivityService>().ReportAsync(await _host.PersonAsync(_own), changed, Token));

        Assert.Equal(_ana.Email, await AddressAsync());
        Assert.False(await _intruder.IsSignedInAsync());
    }

    [Fact]
    public async Task Links_that_went_to_the_intruders_mailbox_are_spent_and_those_that_the_owner_got_before_work()
    {
        var (other, before) = await IntrudeAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ChangeAddressAsync("intruder@elsewhere.example.org");
        var mine = _host.CreateClient("192.0.2.92");
        await PortalHost.SignInAsync(mine, "intruder@elsewhere.example.org", _ana.Password, cancellationToken: Token);
        var theirs = CaughtMails.LinkOf(await _host.Mails.WaitForAsync("intruder@elsewhere.example.org", "New sign-in", Token));
        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Contains("The session has ended.", (await PressAsync(_host.CreateClient("192.0.2.93"), before)).Alert());
        using var late = await _host.CreateClient("192.0.2.94").GetAsync(theirs, Token);

        Assert.False(await other.IsSignedInAsync());
        Assert.Contains("This link was used already.", (await late.PageAsync()).Alert());
        Assert.True(await mine.IsSignedInAsync());
    }

    [Fact]
    public async Task An_address_that_somebody_else_has_by_now_stays_theirs_and_the_page_says_so()
    {
        await ChangeAddressAsync("intruder@elsewhere.example.org");
        await _host.CreateUserAsync(_ana.Email);

        var page = await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Contains("belongs to another account by now", page.Alert());
        Assert.False(await _intruder.IsSignedInAsync());
        Assert.Equal("intruder@elsewhere.example.org", await AddressAsync());
    }

    [Fact]
    public async Task An_address_that_the_owner_chose_in_another_session_stays()
    {
        await ChangeAddressAsync("chosen@elsewhere.example.org", _own);

        await PressAsync(_host.CreateClient("192.0.2.91"), _link);

        Assert.Equal("chosen@elsewhere.example.org", await AddressAsync());
    }

    [Fact]
    public async Task Reported_by_its_person_who_is_signed_in_a_session_takes_no_address_that_they_chose_after_it_began()
    {
        var (own, _) = await ChooseAddressLaterAsync("chosen@elsewhere.example.org", _ana.Email);
        using var third = _host.CreateClient("192.0.2.96");
        using var signedIn = await PortalHost.SignInAsync(third, "chosen@elsewhere.example.org", _ana.Password, cancellationToken: Token);

        Assert.Equal(NotMeOutcome.SessionEnded, await ReportSignInAsync(third));

        Assert.Equal("chosen@elsewhere.example.org", await AddressAsync());
        Assert.True(await own.IsSignedInAsync());
        Assert.False(await _intruder.IsSignedInAsync());
    }

    [Fact]
    public async Task A_link_in_an_intruders_mailbox_undoes_nothing_once_its_person_has_repaired_and_reported()
    {
        const string Theirs = "intruder@elsewhere.example.org";
        await ChangeAddressAsync(Theirs);
        var (own, link) = await ChooseAddressLaterAsync(_ana.Email, Theirs);
        Assert.Equal(NotMeOutcome.SessionEnded, await ReportSignInAsync(own));

        using var late = await _host.CreateClient("192.0.2.94").GetAsync(link, Token);

        Assert.Contains("This link was used already.", (await late.PageAsync()).Alert());
        Assert.Equal(_ana.Email, await AddressAsync());
        Assert.True(await own.IsSignedInAsync());
    }

    [Fact]
    public async Task Reported_in_the_very_session_whose_cookie_was_stolen_a_change_is_undone_too()
    {
        await ChangeAddressAsync("intruder@elsewhere.example.org", _own);
        var kind = AuditKind.EmailChanged.ToName();
        var changed = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == _ana.Id && row.Kind == kind).Select(row => row.Id).SingleAsync(Token));

        Assert.Equal(NotMeOutcome.SessionEnded, await _host.Get<IActivityService>().ReportAsync(await _host.PersonAsync(_own), changed, Token));

        Assert.Equal(_ana.Email, await AddressAsync());
        Assert.False(await _own.IsSignedInAsync());
    }

    /// <summary>Its person signs in anew, and gives the account an address.</summary>
    private async Task<(HttpClient Browser, Uri NotMe)> ChooseAddressLaterAsync(string email, string present)
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var own = _host.CreateClient("192.0.2.95");
        using var signedIn = await PortalHost.SignInAsync(own, present, _ana.Password, cancellationToken: Token);
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(present, "New sign-in", after: present == _ana.Email ? 1 : 0, Token));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ChangeAddressAsync(email, own);
        return (own, link);
    }

    private async Task<NotMeOutcome> ReportSignInAsync(HttpClient browser)
    {
        var (kind, session) = (AuditKind.SignedIn.ToName(), await _host.SessionIdOfAsync(_intruder, Token));
        var row = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SessionId == session && row.Kind == kind).Select(row => row.Id).SingleAsync(Token));
        return await _host.Get<IActivityService>().ReportAsync(await _host.PersonAsync(browser), row, Token);
    }

    private async Task ChangeAddressAsync(string email, HttpClient? browser = null)
    {
        Assert.IsType<EmailChangeOutcome.Requested>(await _host.Get<IEmailChangeService>().RequestAsync(await _host.PersonAsync(browser ?? _intruder), email, Token));
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token));
        using var answer = await PortalHost.PostFormAsync(_host.CreateClient(), link.PathAndQuery, "confirm-new-email", [], Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<string?> AddressAsync() => _host.QueryAsync(context => context.Users.Where(user => user.Id == _ana.Id).Select(user => user.Email).SingleAsync(Token));
}

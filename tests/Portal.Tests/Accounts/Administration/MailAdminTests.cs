using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class MailAdminTests : IAsyncLifetime
{
    private readonly Server _server = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IMailAdmin Mails => _host.Get<IMailAdmin>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
    {
        services.RemoveHosted(typeof(MailSender));
        services.AddSingleton<IAccountMailer>(_server);
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_mail_is_followed_from_promise_to_end_and_counted_in_each_state()
    {
        await PromiseAsync("one@example.org");
        Assert.Equal((OutboxMailState.Waiting, true), StateOf(await OnlyAsync()));

        _server.Answer = () => throw new IOException("The server is away.");
        await LookAsync();
        var retrying = await OnlyAsync();
        Assert.Equal((OutboxMailState.Retrying, true), StateOf(retrying));
        Assert.Equal(1, retrying.Attempts);
        Assert.Contains("The server is away.", retrying.LastError, StringComparison.Ordinal);

        _server.Answer = () => new MailOutcome.Taken();
        Assert.IsType<AdminOutcome.Done>(await Mails.RetryAsync(retrying.Id, Operator.CommandLine, Token));
        await LookAsync();
        Assert.Equal((OutboxMailState.Sent, false), StateOf(await OnlyAsync()));

        await PromiseAsync("two@example.org");
        _server.Answer = () => new MailOutcome.Refused("No such mailbox.");
        await LookAsync();
        var list = await Mails.ListAsync(null, null, cancellationToken: Token);
        Assert.Equal([OutboxMailState.GivenUp, OutboxMailState.Sent], list.Page.Results.Select(mail => mail.State));
        Assert.Equal([0L, 0L, 0L, 1L, 1L], list.ByState.OrderBy(pair => pair.Key).Select(pair => pair.Value.Count));
    }

    [Fact]
    public async Task A_mail_that_was_given_up_is_tried_anew_when_an_administrator_asks()
    {
        var user = await _host.CreateUserAsync("one@example.org");
        await PromiseAsync("one@example.org", user.Id);
        _server.Answer = () => throw new IOException("The server is away.");
        for (var attempt = 0; attempt < MailSender.MaxAttempts; attempt++)
        {
            _host.Clock.Advance(TimeSpan.FromDays(1));
            await LookAsync();
        }

        var given = await OnlyAsync();
        Assert.Equal((OutboxMailState.GivenUp, true), StateOf(given));
        await ReaddressAsync(user, "other@example.org");
        Assert.False((await OnlyAsync()).IsOpen);
        Assert.IsType<AdminOutcome.Refused>(await Mails.RetryAsync(given.Id, Operator.CommandLine, Token));
        await ReaddressAsync(user, user.Email);
        Assert.IsType<AdminOutcome.Done>(await Mails.RetryAsync(given.Id, Operator.CommandLine, Token));
        await LookAsync();
        var again = await OnlyAsync();
        _server.Answer = () => new MailOutcome.Taken();
        _host.Clock.Advance(TimeSpan.FromDays(1));
        await LookAsync();

        Assert.Equal((OutboxMailState.Retrying, 1, null), (again.State, again.Attempts, again.FailedAt));
        Assert.Equal((OutboxMailState.Sent, false), StateOf(await OnlyAsync()));
        Assert.Null(await _host.QueryAsync(context => context.OutboxMails.Select(row => row.Payload).SingleAsync(Token)));
    }

    [Fact]
    public async Task Mails_are_narrowed_by_state_and_recipient_the_newest_first()
    {
        await PromiseAsync("one@example.org");
        await LookAsync();
        await PromiseAsync("two@example.org");
        await PromiseAsync("three@example.net");

        Assert.Equal(["three@example.net", "two@example.org"], Recipients(await Mails.ListAsync(OutboxMailState.Waiting, null, cancellationToken: Token)));
        Assert.Equal(["three@example.net", "two@example.org"], Recipients(await Mails.ListAsync(null, "T", cancellationToken: Token)));
        var found = await Mails.ListAsync(OutboxMailState.Sent, " One@Example.", cancellationToken: Token);
        Assert.Equal("one@example.org", Assert.Single(Recipients(found)));
        Assert.Equal(new ListTotal(1), found.Page.Total);
        Assert.Empty(Recipients(await Mails.ListAsync(null, "example.org", cancellationToken: Token)));
    }

    [Fact]
    public async Task A_dropped_mail_is_never_sent_and_what_it_said_is_gone()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        await PromiseAsync("one@example.org", admin.Id);
        var mail = await OnlyAsync();

        var stale = await _host.OperatorAsync(admin);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Mails.DropAsync(mail.Id, stale, Token));
        Assert.IsType<AdminOutcome.Done>(await Mails.DropAsync(mail.Id, await _host.OperatorAsync(admin), Token));
        Assert.IsType<AdminOutcome.Refused>(await Mails.DropAsync(mail.Id, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await Mails.RetryAsync(mail.Id, Operator.CommandLine, Token));
        await LookAsync();

        Assert.Equal(0, _server.Sent);
        Assert.Equal(OutboxMailState.GivenUp, (await OnlyAsync()).State);
        Assert.Null(await _host.QueryAsync(context => context.OutboxMails.Select(row => row.Payload).SingleAsync(Token)));
        Assert.Equal(admin.Id, (await _host.QueryAsync(context => context.AuditEvents.SingleAsync(row => row.Kind == "mail-dropped", Token))).ActorId);
    }

    [Fact]
    public async Task A_mail_in_hand_is_left_alone_so_that_it_does_not_go_twice()
    {
        await PromiseAsync("one@example.org");
        AdminOutcome? meanwhile = null;
        var mail = await OnlyAsync();
        _server.AnswerAsync = async () =>
        {
            meanwhile = await Mails.RetryAsync(mail.Id, Operator.CommandLine, Token);
            return new MailOutcome.Taken();
        };

        await LookAsync();

        Assert.IsType<AdminOutcome.Refused>(meanwhile);
        Assert.Equal((1, OutboxMailState.Sent), (_server.Sent, (await OnlyAsync()).State));
    }

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task Whoever_does_not_administer_neither_retries_nor_drops()
    {
        var by = await _host.OperatorAsync(await _host.CreateUserAsync());
        await PromiseAsync("one@example.org");
        var mail = await OnlyAsync();

        Assert.IsType<AdminOutcome.NotAllowed>(await Mails.RetryAsync(mail.Id, by, Token));
        Assert.IsType<AdminOutcome.NotAllowed>(await Mails.DropAsync(mail.Id, by, Token));
    }

    private Task ReaddressAsync(TestUser user, string email) => _host.QueryAsync(context => context.Users
        .Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.Email, email), Token));

    private static (OutboxMailState, bool) StateOf(MailInfo mail) => (mail.State, mail.IsOpen);

    private static IEnumerable<string> Recipients(MailList list) => list.Page.Results.Select(mail => mail.Recipient);

    private async Task<MailInfo> OnlyAsync() => Assert.Single((await Mails.ListAsync(null, null, cancellationToken: Token)).Page.Results);

    private Task LookAsync() => _host.Get<MailSender>().LookAsync(Token);

    private Task<bool> PromiseAsync(string recipient, long? userId = null) => _host.QueryAsync(async context =>
    {
        userId ??= (await _host.CreateUserAsync()).Id;
        await _host.Get<Outbox>().AddAsync(context, new AccountMail.Welcome(recipient, userId, null, "http://localhost/login"), Token);
        await context.SaveChangesAsync(Token);
        return true;
    });

    private sealed class Server : IAccountMailer
    {
        public Func<MailOutcome> Answer { get; set; } = () => new MailOutcome.Taken();

        public Func<Task<MailOutcome>>? AnswerAsync { get; set; }

        public int Sent { get; private set; }

        public async Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            var outcome = AnswerAsync is null ? Answer() : await AnswerAsync();
            Sent += outcome is MailOutcome.Taken ? 1 : 0;
            return outcome;
        }
    }
}

using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class SmtpMailerTests : IAsyncDisposable
{
    private readonly MailWorld world = new();
    private readonly SmtpStandIn server = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task What_is_waiting_goes_over_one_connection_and_arrives_whole()
    {
        var host = await world.StartAsync(server);
        await host.PromiseAsync(MailWorld.Confirm(name: "Żaneta"), MailWorld.Confirm("bo@example.org"), MailWorld.Confirm("cy@example.org"));

        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(1, server.Connections);
        Assert.Equal(3, server.Messages.Count);
        Assert.Equal("QUIT", server.Commands.Last());
        var mail = server.Messages.First();
        Assert.Equal("Bestätigen: Żaneta", mail.Subject);
        Assert.Equal(["Grüße", MailWorld.Confirm().Url, ".", "..", "Ende"], mail.TextBody!.ReplaceLineEndings("\n").TrimEnd().Split('\n'));
        Assert.Contains(MailWorld.Confirm().Url, mail.HtmlBody, StringComparison.Ordinal);
        Assert.All(await host.RowsAsync(), row => Assert.NotNull(row.SentAt));
    }

    [Fact]
    public async Task A_server_that_was_down_gets_every_mail_once_it_is_up()
    {
        var host = await world.StartAsync(server);
        await server.CloseAsync();
        await host.PromiseAsync(MailWorld.Confirm(), MailWorld.Confirm("bo@example.org"));
        await host.Sender.LookAsync(Cancelled);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await host.Sender.LookAsync(Cancelled);
        Assert.All(await host.RowsAsync(), row => Assert.Equal((2, TimeSpan.FromMinutes(5)), (row.Attempts, row.DueAt - world.Time.GetUtcNow())));
        server.Open();

        await host.Sender.LookAsync(Cancelled);
        Assert.Empty(server.Messages);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(2, server.Messages.Count);
    }

    [Theory]
    [InlineData("RCPT TO:<ana@example.org>", "550 5.1.1 no such person")]
    [InlineData(SmtpStandIn.EndOfContent, "554 5.6.0 not this")]
    public async Task A_mail_refused_for_good_fails_at_once_and_holds_up_no_other(string command, string answer)
    {
        var host = await world.StartAsync(server);
        var refuses = true;
        server.Answer = said =>
        {
            if (!refuses || !said.StartsWith(command, StringComparison.Ordinal))
            {
                return null;
            }

            refuses = false;
            return answer;
        };
        await host.PromiseAsync(MailWorld.Confirm(), MailWorld.Confirm("bo@example.org"));

        await host.Sender.LookAsync(Cancelled);

        var rows = await host.RowsAsync();
        Assert.Equal(world.Time.GetUtcNow(), rows[0].FailedAt);
        Assert.Null(rows[0].Payload);
        Assert.Equal("The mail server answered " + answer, rows[0].LastError);
        Assert.NotNull(rows[1].SentAt);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("RCPT", "450 4.2.0 later")]
    [InlineData("RCPT", SmtpStandIn.HangUp)]
    [InlineData("MAIL", "550 5.7.1 who are you")]
    [InlineData(SmtpStandIn.Content, SmtpStandIn.HangUp)]
    [InlineData(SmtpStandIn.EndOfContent, "451 4.3.0 later")]
    public async Task Any_other_failure_is_tried_again(string command, string answer)
    {
        var host = await world.StartAsync(server);
        server.Answer = said => said.StartsWith(command, StringComparison.Ordinal) ? answer : null;
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.LookAsync(Cancelled);
        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal((1, (DateTimeOffset?)null), (row.Attempts, row.FailedAt));
        Assert.Empty(server.Messages);
        server.Answer = _ => null;
        world.Time.Advance(TimeSpan.FromMinutes(1));

        await host.Sender.LookAsync(Cancelled);

        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_lost_answer_brings_the_mail_twice_under_one_id()
    {
        var host = await world.StartAsync(server);
        server.Answer = said => said == SmtpStandIn.EndOfContent ? SmtpStandIn.HangUp : null;
        await host.PromiseAsync(MailWorld.Confirm());
        await host.Sender.LookAsync(Cancelled);
        server.Answer = _ => null;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await host.Sender.LookAsync(Cancelled);

        Assert.Equal(2, server.Messages.Count);
        Assert.Single(server.Messages.Select(mail => mail.MessageId).Distinct());
    }

    [Fact]
    public async Task A_link_that_a_server_quotes_is_not_kept()
    {
        var host = await world.StartAsync(server);
        server.Answer = said => said == SmtpStandIn.EndOfContent ? $"451-4.7.1 bad link\r\n451 4.7.1 {MailWorld.Confirm().Url} and portal.example#c2VjcmV0LW9mLXRoaXMtbGluaw" : null;
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        var error = Assert.Single(await host.RowsAsync()).LastError!;
        Assert.Contains("451 4.7.1 bad link", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
        Assert.DoesNotContain("c2VjcmV0", error, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("c2VjcmV0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Signs_in_where_a_user_name_is_set(string mechanism)
    {
        server.Mechanisms = mechanism;
        server.Account = ("portal", "pässword");
        var host = await world.StartAsync(server, userName: "portal", password: "pässword");
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_mail_and_stays_out_of_the_log()
    {
        server.Mechanisms = "PLAIN LOGIN";
        server.Account = ("portal", "right");
        var host = await world.StartAsync(server, userName: "portal", password: "wrong-password");
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        var row = Assert.Single(await host.RowsAsync());
        Assert.NotNull(row.Payload);
        Assert.Contains("535", row.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("wrong-password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_starttls_gets_neither_password_nor_mail()
    {
        server.Mechanisms = "PLAIN LOGIN";
        var host = await world.StartAsync(server, SmtpSecurity.StartTls, userName: "portal", password: "secret");
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        Assert.DoesNotContain(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal) || command.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal(1, Assert.Single(await host.RowsAsync()).Attempts);
    }

    [Fact]
    public async Task An_address_outside_ascii_needs_a_server_that_takes_it()
    {
        var host = await world.StartAsync(server);
        await host.PromiseAsync(MailWorld.Confirm("żaneta@bücher.example"));
        await host.Sender.LookAsync(Cancelled);
        Assert.Equal("żaneta@bücher.example", Assert.Single(server.Messages).To.Mailboxes.Single().Address);
        server.TakesUtf8 = false;
        await host.PromiseAsync(MailWorld.Confirm("żaneta@bücher.example"), MailWorld.Confirm("ana@bücher.example"));

        await host.Sender.LookAsync(Cancelled);

        var rows = await host.RowsAsync();
        Assert.Contains("SMTPUTF8", rows[1].LastError, StringComparison.Ordinal);
        Assert.NotNull(rows[1].FailedAt);
        Assert.NotNull(rows[2].SentAt);
        Assert.Contains(server.Commands, command => command.StartsWith("RCPT TO:<ana@xn--bcher-kva.example>", StringComparison.Ordinal));
    }
}

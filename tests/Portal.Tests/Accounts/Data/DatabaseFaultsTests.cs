using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Mail;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Registration;

namespace Portal.Tests.Accounts.Data;

public sealed class DatabaseFaultsTests
{
    private const string Impatient = "Data Source=portal.db;Default Timeout=1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_takes_no_writes_forms_are_answered_by_an_error_and_nothing_is_half_done()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["ConnectionStrings:Sqlite"] = Impatient);
        var user = await host.CreateUserAsync();
        using var signedIn = await host.BeginSessionAsync(user);
        using var browser = host.CreateClient();

        await using (await LockAsync(host))
        {
            using var signIn = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
            using var registration = await host.CreateClient().RegisterAsync("unlucky@example.org");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, signIn.StatusCode);
            Assert.Contains("Back in a moment", (await signIn.PageAsync()).QuerySelector("h1")!.TextContent);
            Assert.False(signIn.Headers.Contains("Set-Cookie"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, registration.StatusCode);
            // Reading needs no lock: who is signed in stays so.
            Assert.True(await signedIn.IsSignedInAsync());
            Assert.False(await browser.IsSignedInAsync());
        }

        Assert.Single(await host.SessionsOfAsync(user, Token));
        Assert.Null(await host.Get<IUserAdmin>().FindAsync("unlucky@example.org", Token));
        Assert.Equal(0, await host.QueryAsync(context => context.OutboxMails.CountAsync(Token)));
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
        using var again = await host.CreateClient().RegisterAsync("unlucky@example.org");
        Assert.Equal("/register/check-your-mail", again.LeadsTo());
        await host.Mails.WaitForAsync("unlucky@example.org", "Confirm", Token);
    }

    [Fact]
    public async Task A_link_that_met_a_locked_database_works_afterwards()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["ConnectionStrings:Sqlite"] = Impatient);
        var user = await host.CreateUserAsync(isConfirmed: false);
        await host.Get<IRegistrationService>().ResendAsync(user.Email, null, Token);
        var link = CaughtMails.LinkOf(await host.Mails.WaitForAsync(user.Email, "Confirm", Token)).PathAndQuery;
        using var browser = host.CreateClient();

        await using (await LockAsync(host))
        {
            using var failed = await PortalHost.PostFormAsync(browser, link, "confirm-email", [], Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        }

        using var answer = await PortalHost.PostFormAsync(browser, link, "confirm-email", [], Token);
        Assert.Contains("Your address is confirmed.", (await answer.PageAsync()).Alert());
    }

    [Fact]
    public async Task An_end_that_met_a_locked_database_is_no_end_and_works_afterwards()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["ConnectionStrings:Sqlite"] = Impatient);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        var id = await host.IdAsync(browser);
        Assert.True(await browser.IsSignedInAsync());

        await using (await LockAsync(host))
        {
            await Assert.ThrowsAsync<SqliteException>(() => host.EndSessionAsync(id, Token));
            Assert.True(await browser.IsSignedInAsync());
        }

        Assert.True(await host.EndSessionAsync(id, Token));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task What_could_not_be_written_of_when_a_session_was_seen_is_written_with_the_next()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["ConnectionStrings:Sqlite"] = Impatient);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.True(await browser.IsSignedInAsync());

        await using (await LockAsync(host))
        {
            await Assert.ThrowsAsync<SqliteException>(() => host.Get<LastSeenWriter>().WriteAsync(Token));
        }

        await host.Get<LastSeenWriter>().WriteAsync(Token);
        Assert.Equal(host.Clock.GetUtcNow(), (await host.RowAsync(await host.IdAsync(browser))).LastSeenAt);
    }

    [Fact]
    public async Task On_a_database_that_is_read_only_people_stay_signed_in_and_nobody_is_told_that_something_worked()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        await using var reader = await PortalHost.StartAsync(options =>
        {
            options.DataDirectory = host.DataDirectory;
            options.Settings["ConnectionStrings:Sqlite"] = "Data Source=portal.db;Mode=ReadOnly";
        });
        using var same = reader.CreateClient();
        reader.CookiesOf(same).Add(host.CookiesOf(browser).GetCookies(host.BaseAddress));

        Assert.True(await same.IsSignedInAsync());
        using var signIn = await PortalHost.SignInAsync(reader.CreateClient(), user, cancellationToken: Token);
        using var registration = await reader.CreateClient().RegisterAsync("unlucky@example.org");
        using var signOut = await PortalHost.PostFormAsync(same, "/account/sessions", "/logout", [], Token);

        Assert.All([signIn, registration, signOut], answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        Assert.True(await same.IsSignedInAsync());
        Assert.Single(await host.SessionsOfAsync(user, Token));
    }

    [Fact]
    public async Task A_mail_promised_by_a_process_that_is_killed_over_it_is_sent_by_the_next()
    {
        using var folder = new TemporaryFolder();
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var port = ((IPEndPoint)mute.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        await using (var portal = await RunningPortal.StartAsync(folder.Path, "--Mail:Transport=Smtp", "--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={port}"))
        {
            using var answer = await portal.CreateClient().RegisterAsync("patient@example.org");
            Assert.Equal("/register/check-your-mail", answer.LeadsTo());
            // It has the mail in hand, and the server says nothing.
            using var connected = await mute.AcceptTcpClientAsync(Token);
            await portal.KillAsync();
        }

        await using var next = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        next.Clock.Advance(2 * MailSender.LeaseLifetime);
        var link = CaughtMails.LinkOf(await next.Mails.WaitForAsync("patient@example.org", "Confirm", Token)).PathAndQuery;

        using var confirmed = await PortalHost.PostFormAsync(next.CreateClient(), link, "confirm-email", [], Token);
        Assert.Contains("Your address is confirmed.", (await confirmed.PageAsync()).Alert());
    }

    /// <summary>Another program holds the write lock until the result is disposed.</summary>
    private static async Task<SqliteConnection> LockAsync(PortalHost host)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}

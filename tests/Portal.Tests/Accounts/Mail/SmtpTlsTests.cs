using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Tests.Accounts.Data;
using Portal.Tests.Accounts.Registration;

namespace Portal.Tests.Accounts.Mail;

/// <summary>Where TLS is set, no password and no mail leaves without it.</summary>
public sealed class SmtpTlsTests : IAsyncDisposable
{
    private readonly MailWorld world = new();
    private readonly X509Certificate2 certificate = SelfSigned();
    private readonly SmtpStandIn server;

    public SmtpTlsTests() => server = new SmtpStandIn { Certificate = certificate, Mechanisms = "PLAIN", Account = ("portal", "secret") };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await world.DisposeAsync();
        await server.DisposeAsync();
        certificate.Dispose();
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_server_that_nobody_vouches_for_gets_nothing_and_the_mail_waits_and_says_why(SmtpSecurity security)
    {
        server.IsTlsFirst = security is SmtpSecurity.Tls;

        var error = await LookInVainAsync(security);

        Assert.Contains("certificate", error, StringComparison.Ordinal);
        AssertNothingTold(security);
    }

    [Theory]
    [InlineData("454 4.7.0 not now")]
    [InlineData(SmtpStandIn.HangUp)]
    public async Task A_server_that_takes_its_offer_of_TLS_back_gets_nothing(string answer)
    {
        server.Answer = said => said == "STARTTLS" ? answer : null;

        await LookInVainAsync(SmtpSecurity.StartTls);

        AssertNothingTold(SmtpSecurity.StartTls);
    }

    [Fact]
    public async Task A_server_that_does_not_begin_with_TLS_where_it_should_gets_nothing()
    {
        await LookInVainAsync(SmtpSecurity.Tls);

        // What was to open TLS is no command, whatever the server took it for.
        Assert.DoesNotContain(server.Overheard, line => line.StartsWith("EHLO", StringComparison.Ordinal) || line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_server_that_the_system_trusts_gets_the_mail_and_nobody_on_the_way_reads_it(SmtpSecurity security)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only here can a single process be told whom to trust.");
        server.IsTlsFirst = security is SmtpSecurity.Tls;
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Answer = said =>
        {
            if (said == "QUIT")
            {
                over.TrySetResult();
            }

            return null;
        };
        using var folder = new TemporaryFolder();
        var trusted = Path.Combine(folder.Path, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem(), Cancelled);

        await using var portal = await RunningPortal.StartAsync(folder.Path, new Dictionary<string, string> { ["SSL_CERT_FILE"] = trusted },
            "--Mail:Transport=Smtp", "--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={server.Port}", $"--Mail:Smtp:Security={security}", "--Mail:Smtp:UserName=portal", "--Mail:Smtp:Password=secret");
        using var registered = await portal.CreateClient().RegisterAsync("reader@example.org");
        await over.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        Assert.Equal("reader@example.org", Assert.Single(server.Messages).To.Mailboxes.Single().Address);
        Assert.Contains(server.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));
        AssertOverheard(security);
    }

    /// <summary>One try that fails. Returns what an operator reads of it.</summary>
    private async Task<string> LookInVainAsync(SmtpSecurity security)
    {
        var host = await world.StartAsync(server, security, "portal", "secret");
        await host.PromiseAsync(MailWorld.Confirm());

        await host.Sender.LookAsync(Cancelled);

        var row = Assert.Single(await host.RowsAsync());
        Assert.Equal((OutboxMailState.Retrying, 1, TimeSpan.FromMinutes(1)), (row.State, row.Attempts, row.DueAt - world.Time.GetUtcNow()));
        Assert.NotNull(row.Payload);
        Assert.Contains(host.Log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains(row.LastError!, StringComparison.Ordinal));
        return row.LastError!;
    }

    private void AssertNothingTold(SmtpSecurity security)
    {
        AssertOverheard(security);
        Assert.Equal(server.Overheard, server.Commands);
        Assert.Empty(server.Messages);
    }

    private void AssertOverheard(SmtpSecurity security) =>
        Assert.Equal(security is SmtpSecurity.Tls ? [] : ["EHLO", "STARTTLS"], server.Overheard.Select(line => line.Split(' ')[0]));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stand-in", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // Some systems serve with no key that lives in memory alone.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}

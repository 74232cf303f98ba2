using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Portal.Tests.Accounts.Mail;

/// <summary>A mail server on this machine that talks real SMTP (RFC 5321), over TLS where it has a certificate, and fails as it is told.</summary>
internal sealed class SmtpStandIn : IAsyncDisposable
{
    /// <summary>As an answer: hang up instead.</summary>
    public const string HangUp = "hang up";

    /// <summary>What <see cref="Answer"/> is asked once the first line of a message's content has come.</summary>
    public const string Content = "(content)";

    /// <summary>What <see cref="Answer"/> is asked at the end of a message's content.</summary>
    public const string EndOfContent = ".";

    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task> conversations = [];
    private TcpListener? listener;
    private Task accepting = Task.CompletedTask;
    private int connections;

    public SmtpStandIn() => Open();

    public int Port { get; private set; }

    public int Connections => connections;

    public bool TakesUtf8 { get; set; } = true;

    /// <summary>Mechanisms on offer: PLAIN, LOGIN, or both; empty for none.</summary>
    public string Mechanisms { get; set; } = "";

    public (string UserName, string Password) Account { get; set; }

    /// <summary>With it the server offers STARTTLS (RFC 3207); null for one that does not.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Whether TLS begins with the first byte (RFC 8314) instead.</summary>
    public bool IsTlsFirst { get; set; }

    /// <summary>What to answer a command with; null for what a healthy server says.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public ConcurrentQueue<string> Commands { get; } = [];

    public ConcurrentQueue<MimeMessage> Messages { get; } = [];

    /// <summary>Every line that whoever listens to the connection could read.</summary>
    public ConcurrentQueue<string> Overheard { get; } = [];

    /// <summary>Listens, on the same port every time.</summary>
    public void Open()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync(listener);
    }

    /// <summary>Refuses connections from now on.</summary>
    public async Task CloseAsync()
    {
        listener?.Dispose();
        await accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await CloseAsync();
        await Task.WhenAll(conversations);
        stopping.Dispose();
    }

    private async Task AcceptAsync(TcpListener listening)
    {
        try
        {
            while (true)
            {
                var connection = await listening.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                conversations.Add(TalkAsync(connection));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var line = connection.GetStream();
                if (IsTlsFirst || await TalkAsync(line, greets: true))
                {
                    await using var tls = new SslStream(line);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stopping.Token);
                    await TalkAsync(tls, greets: IsTlsFirst);
                }
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException)
            {
                // The other side hung up or does not trust us, or the test is over.
            }
        }
    }

    /// <summary>Whether to go on under TLS.</summary>
    private async Task<bool> TalkAsync(Stream line, bool greets)
    {
        using var reader = new StreamReader(line, new UTF8Encoding(false), leaveOpen: true);
        await using var writer = new StreamWriter(line, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        if (greets)
        {
            await writer.WriteLineAsync("220 stand-in ESMTP");
        }

        while (await HearAsync(reader) is { } command)
        {
            Commands.Enqueue(command);
            var answer = Answer(command) ?? await HealthyAsync(command, reader, writer);
            if (answer == HangUp)
            {
                return false;
            }

            await writer.WriteLineAsync(answer);
            if (command == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
            {
                return true;
            }

            if (command == "DATA" && answer.StartsWith("354", StringComparison.Ordinal))
            {
                answer = await TakeAsync(reader);
                if (answer == HangUp)
                {
                    return false;
                }

                await writer.WriteLineAsync(answer);
            }
        }

        return false;
    }

    private async Task<string?> HearAsync(StreamReader reader)
    {
        var said = await reader.ReadLineAsync(stopping.Token);
        if (said is not null && reader.BaseStream is not SslStream)
        {
            Overheard.Enqueue(said);
        }

        return said;
    }

    private async Task<string> HealthyAsync(string command, StreamReader reader, StreamWriter writer)
    {
        var words = command.Split(' ');
        switch (words[0].ToUpperInvariant())
        {
            case "EHLO":
                string[] extensions =
                [
                    "stand-in",
                    "8BITMIME",
                    .. TakesUtf8 ? ["SMTPUTF8"] : Array.Empty<string>(),
                    .. Mechanisms.Length > 0 ? ["AUTH " + Mechanisms] : Array.Empty<string>(),
                    .. Certificate is not null && reader.BaseStream is not SslStream ? ["STARTTLS"] : Array.Empty<string>(),
                ];
                return string.Join("\r\n", extensions.Select((extension, i) => (i == extensions.Length - 1 ? "250 " : "250-") + extension));
            case "AUTH":
                var given = words[1] == "PLAIN"
                    ? Decode(words.Length > 2 ? words[2] : await AskAsync("")).Split('\0')[1..]
                    : [Decode(words.Length > 2 ? words[2] : await AskAsync("Username:")), Decode(await AskAsync("Password:"))];
                return given[0] == Account.UserName && given[1] == Account.Password ? "235 2.7.0 welcome" : "535 5.7.8 wrong user name or password";
            case "STARTTLS":
                return Certificate is null ? "502 5.5.1 what is that" : "220 2.0.0 go ahead";
            case "DATA":
                return "354 go on";
            case "QUIT":
                return "221 bye";
            default:
                return "250 2.0.0 fine";
        }

        async Task<string> AskAsync(string question)
        {
            await writer.WriteLineAsync("334 " + Convert.ToBase64String(Encoding.ASCII.GetBytes(question)));
            return await HearAsync(reader) ?? "";
        }
    }

    private async Task<string> TakeAsync(StreamReader reader)
    {
        var content = new StringBuilder();
        while (await HearAsync(reader) is { } line && line != EndOfContent)
        {
            if (content.Length == 0 && Answer(Content) is { } interruption)
            {
                return interruption;
            }

            // A leading dot was doubled on the way (RFC 5321, 4.5.2).
            content.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        var answer = Answer(EndOfContent);
        if (answer is null || answer == HangUp)
        {
            // A server that hangs up here has the message all the same.
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content.ToString()));
            Messages.Enqueue(await MimeMessage.LoadAsync(bytes, stopping.Token));
        }

        return answer ?? string.Create(CultureInfo.InvariantCulture, $"250 2.0.0 taken as {Messages.Count}");
    }

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}

using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Tests.Accounts;

namespace Portal.Tests.Web.Shell;

/// <summary>What a sender claims of a body is other people's text: a claim that cannot be followed is the sender's fault and never a fault of ours.</summary>
public sealed class UnreadableFormsTests(UnreadableFormsTests.ListenedHost shared) : IClassFixture<UnreadableFormsTests.ListenedHost>
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=x";
    private const string Part = "--x\r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--x--\r\n";

    private static readonly string[] Addresses =
        ["/login", "/register", "/resend-confirmation", "/confirm-email", "/setup", "/signed-out", "/logout", "/theme", "/nowhere", "/api/login", "/api/register", "/api/logout", "/api/nowhere"];

    private static readonly string[] Charsets =
        ["utf-8", "UTF-8", "\"utf-8\"", "utf8", "utf-7", "\"utf-7\"", "UTF-7", "unicode-1-1-utf-7", "csUnicode11UTF7", "65000", "utf-16", "utf-16BE", "utf-32", "us-ascii", "iso-8859-1", "windows-1252", "shift_jis", "hz-gb-2312", "iso-2022-jp", "x-user-defined", "nonsense", "", "\"", "utf-8, utf-7", "utf-8; charset=utf-7"];

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(UrlEncoded + "; charset=utf-7")]
    [InlineData(UrlEncoded + "; charset=utf-16")]
    [InlineData(UrlEncoded + "; charset=nonsense")]
    [InlineData(Multipart + "; charset=utf-7")]
    [InlineData(Multipart + "; charset=nonsense")]
    public async Task A_form_in_another_encoding_is_refused_in_words(string type)
    {
        using var browser = _host.CreateClient();

        using var page = await PostAsync(browser, "/login", type, Part);
        using var api = await PostAsync(browser, "/api/login", type, Part);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, page.StatusCode);
        Assert.Equal("This form could not be read", (await page.PageAsync()).QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, api.StatusCode);
        await AssertIsToldAsync("/api/login", type, api);
        AssertNoFault();
    }

    [Theory]
    [InlineData("Content-Disposition: form-data; name=email\r\nContent-Type: text/plain; charset=utf-7")]
    [InlineData("Content-Disposition: form-data; name=email\r\nContent-Type: text/plain; charset=nonsense")]
    [InlineData("Content-Disposition: nonsense")]
    [InlineData("Content-Disposition: form-data; name*=utf-7''a")]
    [InlineData("no header at all")]
    public async Task A_part_that_cannot_be_read_is_no_fault_of_ours(string headers)
    {
        using var browser = _host.CreateClient();
        foreach (var address in Addresses)
        {
            using var answer = await PostAsync(browser, address, Multipart, $"--x\r\n{headers}\r\n\r\na\r\n--x--\r\n");
            await AssertIsToldAsync(address, headers, answer);
        }

        AssertNoFault();
    }

    [Fact]
    public async Task Whatever_is_claimed_of_a_body_is_answered_in_words_and_never_a_fault()
    {
        string[] claims =
        [
            .. Charsets.Select(charset => $"{UrlEncoded}; charset={charset}"),
            .. Charsets.Select(charset => $"{Multipart}; charset={charset}"),
            .. Charsets.Select(charset => $"application/json; charset={charset}"),
            UrlEncoded, $"{UrlEncoded};", $"{UrlEncoded}; charset", $"{UrlEncoded}/x", $"{UrlEncoded.ToUpperInvariant()}; CHARSET=UTF-7",
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", $"multipart/form-data; boundary={new string('b', 300)}",
            "multipart/form-data; boundary=\"a b\"", "multipart/mixed; boundary=x", "text/plain", "*/*", "nonsense", ";", "\u00e4", "text/html; charset=utf-7",
        ];
        using var browser = _host.CreateClient();
        foreach (var address in Addresses)
        {
            foreach (var claim in claims)
            {
                var body = claim.StartsWith("multipart", StringComparison.Ordinal) ? Part : "email=a&password=b&theme=dark&_handler=sign-in";
                using var answer = await PostAsync(browser, address, claim, body);
                await AssertIsToldAsync(address, claim, answer);
            }
        }

        AssertNoFault();
    }

    [Theory]
    [InlineData(UrlEncoded + "; charset=utf-8")]
    [InlineData(UrlEncoded + "; charset=\"UTF-8\"")]
    [InlineData(UrlEncoded)]
    public async Task A_form_in_UTF_8_is_read(string type)
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var form = (await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token)).With("Input.Login", user.Email).With("Input.Password", user.Password);

        using var answer = await PostAsync(browser, "/login", type, await form.ToContent().ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string address, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await browser.SendAsync(request, Token);
    }

    /// <summary>A refusal says what is wrong: to people in a page, to programs in problem details.</summary>
    private static async Task AssertIsToldAsync(string address, string claim, HttpResponseMessage answer)
    {
        var where = $"{address} with \"{claim}\" answered {(int)answer.StatusCode}";
        Assert.True((int)answer.StatusCode < 500, where);
        if ((int)answer.StatusCode < 400)
        {
            return;
        }

        if (address.StartsWith("/api/", StringComparison.Ordinal))
        {
            Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", where);
        }
        else
        {
            Assert.False(string.IsNullOrEmpty((await answer.PageAsync()).QuerySelector("h1")?.TextContent), where);
        }
    }

    private void AssertNoFault() =>
        Assert.DoesNotContain(shared.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));

    /// <summary>One portal, and everything it logged.</summary>
    public sealed class ListenedHost : IAsyncLifetime
    {
        private readonly RecordedLog _log = new();

        public PortalHost Host { get; private set; } = null!;

        public IReadOnlyList<string> Lines => _log.Lines;

        public async ValueTask InitializeAsync() =>
            Host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(_log));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

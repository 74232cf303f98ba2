using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts;

namespace Portal.Tests.Web.Account;

/// <summary>More than a field or a form takes is refused in words, makes nothing, and is no fault of ours. By a real server, which has limits of its own.</summary>
public sealed class OversizedInputTests(OversizedInputTests.NewSite shared) : IClassFixture<OversizedInputTests.NewSite>
{
    private const string Overfilled = "or more was sent with it than it takes";

    private static readonly string[] Forms = ["register", "resend-confirmation", "setup"];

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("register", "Input.Email", 255, "This is not an email address.")]
    [InlineData("register", "Input.Email", 100_000, "This is not an email address.")]
    [InlineData("register", "Input.UserName", 256, "has 3 to 255 characters")]
    [InlineData("register", "Input.UserName", 100_000, "has 3 to 255 characters")]
    [InlineData("register", "Input.Password", 257, "Use at most 256 characters; this password is longer.")]
    [InlineData("register", "Input.Password", 100_000, "Use at most 256 characters; this password is longer.")]
    [InlineData("setup", "Input.Email", 255, "This is not an email address.")]
    [InlineData("setup", "Input.UserName", 256, "has 3 to 255 characters")]
    [InlineData("setup", "Input.Password", 100_000, "Use at most 256 characters; this password is longer.")]
    public async Task A_field_that_is_too_long_is_refused_at_its_place_and_the_others_keep_what_was_typed(string name, string field, int length, string words)
    {
        using var browser = _host.CreateClient();
        var path = await PathAsync(name);
        var form = Filled(await PortalHost.OpenFormAsync(browser, path, name, Token));
        var value = field == "Input.Email" ? $"{new string('a', length - 12)}@example.org" : new string('a', length);
        form.With(field, value);
        if (field == "Input.Password")
        {
            form.With("Input.ConfirmPassword", value);
        }

        using var answer = await browser.PostAsync(path, form.ToContent(), Token);

        var page = await answer.PageAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(words, page.Alert(), StringComparison.Ordinal);
        Assert.Equal(field == "Input.Email" ? value : "person@example.org", page.ValueOf("Input.Email"));
        Assert.Equal(field == "Input.UserName" ? value : "person", page.ValueOf("Input.UserName"));
        await AssertNothingHappenedAsync();
    }

    [Theory]
    [InlineData(255)]
    [InlineData(100_000)]
    public async Task An_address_that_is_too_long_to_be_one_is_mailed_nothing(int length)
    {
        using var answer = await PortalHost.PostFormAsync(
            _host.CreateClient(), "/resend-confirmation", "resend-confirmation", [new("Input.Email", $"{new string('a', length - 12)}@example.org")], Token);

        // Whether an address is known is told of none.
        Assert.Contains("If that address is waiting to be confirmed", (await answer.PageAsync()).Alert(), StringComparison.Ordinal);
        await AssertNothingHappenedAsync();
    }

    [Fact]
    public async Task A_form_with_more_fields_or_longer_ones_than_any_has_is_refused_in_words()
    {
        foreach (var name in Forms)
        {
            await AssertIsRefusedAsync(name, form => form.With(new string('k', 3000), ""), HttpStatusCode.BadRequest, Overfilled);
            await AssertIsRefusedAsync(name, form => form.With("Input.Email", new string('v', 5_000_000)), HttpStatusCode.BadRequest, Overfilled);
            await AssertIsRefusedAsync(name, form => Enumerable.Range(0, 1100).Aggregate(form, (filled, i) => filled.With($"more{i}", "x")), HttpStatusCode.BadRequest, Overfilled);
        }
    }

    [Fact]
    public async Task A_body_that_the_server_takes_no_longer_is_refused_in_words()
    {
        foreach (var name in Forms)
        {
            await AssertIsRefusedAsync(
                name, form => Enumerable.Range(0, 10).Aggregate(form, (filled, i) => filled.With($"more{i}", new string('v', 3_100_000))),
                HttpStatusCode.RequestEntityTooLarge, "What was sent is larger than this page accepts.");
        }
    }

    [Fact]
    public async Task Parts_with_more_or_longer_headers_than_any_has_are_refused_in_words()
    {
        foreach (var headers in (string[])[string.Concat(Enumerable.Range(0, 20).Select(i => $"X-More{i}: x\r\n")), $"X-Long: {new string('h', 20_000)}\r\n"])
        {
            foreach (var name in Forms)
            {
                using var browser = _host.CreateClient();
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: form-data; name=_handler\r\n{headers}\r\n{name}\r\n--x--\r\n"));
                content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
                using var answer = await browser.PostAsync(await PathAsync(name), content, Token);
                await AssertIsRefusedAsync(name, answer, HttpStatusCode.BadRequest, Overfilled);
            }
        }
    }

    private static StaticForm Filled(StaticForm form) => form
        .With("Input.Email", "person@example.org")
        .With("Input.UserName", "person")
        .With("Input.Password", PortalHost.DefaultPassword)
        .With("Input.ConfirmPassword", PortalHost.DefaultPassword);

    private async Task<string> PathAsync(string form) =>
        form == "setup" ? new Uri((await _host.Get<ISetupService>().NewLinkAsync(Token))!).PathAndQuery : $"/{form}";

    private async Task AssertIsRefusedAsync(string name, Func<StaticForm, StaticForm> overfill, HttpStatusCode status, string words)
    {
        using var browser = _host.CreateClient();
        var path = await PathAsync(name);
        var form = overfill(Filled(await PortalHost.OpenFormAsync(browser, path, name, Token)));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form.ToContent() };
        // A server that refuses a body unread hangs up on whoever is still sending it.
        request.Headers.ExpectContinue = true;
        using var answer = await browser.SendAsync(request, Token);
        await AssertIsRefusedAsync(name, answer, status, words);
    }

    private async Task AssertIsRefusedAsync(string name, HttpResponseMessage answer, HttpStatusCode status, string words)
    {
        Assert.Equal((name, status), (name, answer.StatusCode));
        Assert.Contains(words, (await answer.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await AssertNothingHappenedAsync();
    }

    private async Task AssertNothingHappenedAsync()
    {
        Assert.Equal((0, 0), (await _host.QueryAsync(context => context.Users.CountAsync(Token)), await _host.QueryAsync(context => context.OutboxMails.CountAsync(Token))));
        Assert.DoesNotContain(shared.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    /// <summary>A portal where nobody is yet, and everything it logged.</summary>
    public sealed class NewSite : IAsyncLifetime
    {
        private readonly RecordedLog _log = new();

        public PortalHost Host { get; private set; } = null!;

        public IReadOnlyList<string> Lines => _log.Lines;

        public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(options =>
        {
            options.UseKestrel = true;
            options.Settings["RateLimits:Registration"] = "1000 per hour";
            options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(_log);
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

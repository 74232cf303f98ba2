using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Captcha;

namespace Portal.Tests.Accounts.Captcha;

public sealed partial class RecaptchaVerifierTests : IAsyncLifetime
{
    private const string Response = "the-visitors-response-token";
    private const string Secret = "the-shared-secret";

    private readonly RecordedLog _log = new();
    private readonly List<ServiceProvider> _providers = [];
    private SiteVerifyServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await SiteVerifyServer.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_ticked_box_passes()
    {
        _server.WillAnswer("""{"success": true, "challenge_ts": "2026-08-01T10:00:00Z", "hostname": "portal.example"}""");

        Assert.Equal(new CaptchaOutcome.Passed(), await VerifyAsync(Verifier()));
    }

    [Fact]
    public async Task The_service_is_sent_the_secret_the_response_and_the_visitors_address_in_a_form()
    {
        _server.WillAnswer("""{"success": true}""");

        await Verifier().VerifyAsync(Response, "register", IPAddress.Parse("203.0.113.7"), Token);

        var call = Assert.Single(_server.Calls);
        Assert.Equal(Secret, call["secret"]);
        Assert.Equal(Response, call["response"]);
        Assert.Equal("203.0.113.7", call["remoteip"]);
    }

    [Fact]
    public async Task An_IPv4_address_seen_through_a_dual_stack_listener_is_sent_as_IPv4()
    {
        _server.WillAnswer("""{"success": true}""");

        await Verifier().VerifyAsync(Response, "register", IPAddress.Parse("::ffff:203.0.113.7"), Token);

        Assert.Equal("203.0.113.7", Assert.Single(_server.Calls)["remoteip"]);
    }

    [Fact]
    public async Task An_unknown_address_is_left_out()
    {
        _server.WillAnswer("""{"success": true}""");

        await VerifyAsync(Verifier());

        Assert.DoesNotContain("remoteip", Assert.Single(_server.Calls).Keys);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0.9")]
    public async Task A_score_that_reaches_the_minimum_passes(string score)
    {
        _server.WillAnswer($$"""{"success": true, "score": {{score}}, "action": "register", "hostname": "portal.example"}""");

        Assert.Equal(new CaptchaOutcome.Passed(), await VerifyAsync(Verifier(("Kind", "Score"))));
    }

    [Theory]
    [InlineData("Score")]
    [InlineData("Checkbox")]
    public async Task A_score_below_the_minimum_does_not_pass_whatever_kind_was_configured(string kind)
    {
        _server.WillAnswer("""{"success": true, "score": 0.4, "action": "register"}""");

        Assert.Equal(new CaptchaOutcome.LowScore(0.4), await VerifyAsync(Verifier(("Kind", kind))));
    }

    [Theory]
    [InlineData("""{"success": true, "score": 0.9, "action": "login"}""")]
    [InlineData("""{"success": true, "score": 0.9}""")]
    public async Task A_response_made_for_another_form_is_refused(string answer)
    {
        _server.WillAnswer(answer);

        Assert.Equal(new CaptchaOutcome.Refused(), await VerifyAsync(Verifier(("Kind", "Score"))));
    }

    [Fact]
    public async Task A_box_key_configured_as_a_score_key_lets_nobody_in_and_tells_the_operator()
    {
        _server.WillAnswer("""{"success": true}""");

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier(("Kind", "Score"))));
        Assert.Contains(_log.Lines, line => line.StartsWith("Error ", StringComparison.Ordinal) && line.Contains("Recaptcha:Kind", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"success": false, "error-codes": ["invalid-input-response"]}""")]
    [InlineData("""{"success": false}""")]
    [InlineData("{}")]
    public async Task A_response_that_is_not_accepted_is_refused(string answer)
    {
        _server.WillAnswer(answer);

        Assert.Equal(new CaptchaOutcome.Refused(), await VerifyAsync(Verifier()));
    }

    [Fact]
    public async Task An_old_or_used_response_is_expired()
    {
        _server.WillAnswer("""{"success": false, "error-codes": ["timeout-or-duplicate"]}""");

        Assert.Equal(new CaptchaOutcome.Expired(), await VerifyAsync(Verifier()));
    }

    [Theory]
    [InlineData("invalid-input-secret")]
    [InlineData("missing-input-secret")]
    public async Task A_wrong_secret_is_an_outage_for_visitors_and_an_error_for_the_operator(string code)
    {
        _server.WillAnswer($$"""{"success": false, "error-codes": ["{{code}}"]}""");

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier()));
        Assert.Contains(_log.Lines, line => line.StartsWith("Error ", StringComparison.Ordinal) && line.Contains("Recaptcha:SecretKey", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_missing_response_is_told_without_a_call(string? response)
    {
        var outcome = await Verifier().VerifyAsync(response, "register", null, Token);

        Assert.Equal(new CaptchaOutcome.Missing(), outcome);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public async Task A_response_longer_than_any_real_one_is_refused_without_a_call()
    {
        var outcome = await Verifier().VerifyAsync(new string('x', 100_000), "register", null, Token);

        Assert.Equal(new CaptchaOutcome.Refused(), outcome);
        Assert.Empty(_server.Calls);
    }


    [Fact]
    [Trait("ASVS", "16.2.5")]
    public async Task Neither_the_response_nor_the_secret_is_ever_logged()
    {
        _server.WillAnswer("oops", status: 500);
        _server.WillAnswer("""{"success": false, "error-codes": ["invalid-input-secret"]}""");
        _server.WillAnswer("""{"success": false, "error-codes": ["timeout-or-duplicate"]}""");
        _server.WillAnswer("nonsense");
        _server.WillAnswer("""{"success": true, "score": 0.1, "action": "register"}""");
        var verifier = Verifier();

        for (var i = 0; i < 4; i++)
        {
            await VerifyAsync(verifier);
        }

        Assert.Equal(5, _server.Calls.Count);
        Assert.NotEmpty(_log.Lines);
        Assert.DoesNotContain(_log.Lines, line => line.Contains(Response, StringComparison.Ordinal) || line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void The_box_needs_the_script_as_it_stands()
    {
        var verifier = Verifier(("ScriptUrl", "https://captcha.example/api.js?hl=fr"));

        Assert.True(verifier.IsRequired);
        Assert.Equal(new CaptchaWidgetInfo(CaptchaKind.Checkbox, "site-key", new Uri("https://captcha.example/api.js?hl=fr")), verifier.Widget);
    }

    [Theory]
    [InlineData("https://captcha.example/api.js", "https://captcha.example/api.js?render=site-key")]
    [InlineData("https://captcha.example/api.js?hl=fr", "https://captcha.example/api.js?hl=fr&render=site-key")]
    public void The_score_needs_a_script_loaded_for_the_key(string configured, string shown)
    {
        var verifier = Verifier(("Kind", "Score"), ("ScriptUrl", configured));

        Assert.Equal(new CaptchaWidgetInfo(CaptchaKind.Score, "site-key", new Uri(shown)), verifier.Widget);
    }

    private static Task<CaptchaOutcome> VerifyAsync(ICaptchaVerifier verifier) =>
        verifier.VerifyAsync(Response, "register", remoteAddress: null, Token);

    private ICaptchaVerifier Verifier(params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> values = new()
        {
            ["Recaptcha:SiteKey"] = "site-key",
            ["Recaptcha:SecretKey"] = Secret,
            ["Recaptcha:VerifyUrl"] = _server.VerifyUrl,
        };
        foreach (var (key, value) in settings)
        {
            values[$"Recaptcha:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log).SetMinimumLevel(LogLevel.Trace));
        services.AddCaptcha(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.Configure<RecaptchaOptions>(options => options.RetryDelay = TimeSpan.Zero);
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<ICaptchaVerifier>();
    }
}

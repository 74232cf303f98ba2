using System.Net;
using System.Net.Sockets;
using Portal.Accounts.Captcha;

namespace Portal.Tests.Accounts.Captcha;

/// <summary>When the service fails, hangs or answers nonsense.</summary>
public sealed partial class RecaptchaVerifierTests
{
    [Fact]
    public async Task A_passing_failure_of_the_service_is_tried_again()
    {
        _server.WillAnswer("oops", status: 500);
        _server.WillAnswer("oops", status: 503);
        _server.WillAnswer("""{"success": true}""");

        Assert.Equal(new CaptchaOutcome.Passed(), await VerifyAsync(Verifier()));
        Assert.Equal([Response, Response, Response], _server.Calls.Select(call => call["response"]));
    }

    [Fact]
    public async Task A_lasting_failure_is_given_up_after_the_third_call()
    {
        for (var i = 0; i < 4; i++)
        {
            _server.WillAnswer("oops", status: 500);
        }

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier()));
        Assert.Equal(3, _server.Calls.Count);
    }

    [Fact]
    public async Task A_service_that_hangs_is_unreachable()
    {
        for (var i = 0; i < 3; i++)
        {
            _server.WillHang();
        }

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier(("AttemptTimeout", "00:00:00.050"))));
    }

    [Fact]
    public async Task A_service_that_hangs_in_the_middle_of_its_answer_is_unreachable()
    {
        _server.WillHangInTheBody();

        var verifier = Verifier(("AttemptTimeout", "00:00:00.300"), ("TotalTimeout", "00:00:00.300"));

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(verifier));
    }

    [Fact]
    public async Task A_caller_who_leaves_is_not_told_of_an_outage()
    {
        _server.WillHang();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var pending = Verifier().VerifyAsync(Response, "register", null, leaving.Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Warning reCAPTCHA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>Sorry</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"success": "yes"}""")]
    [InlineData("""{"success": true""")]
    public async Task Nonsense_is_unreachable(string answer)
    {
        _server.WillAnswer(answer);

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier()));
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        _server.WillAnswer($$"""{"success": true, "padding": "{{new string('x', 1_000_000)}}"}""");

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier()));
    }

    [Fact]
    public async Task The_secret_does_not_follow_a_redirect()
    {
        await using var elsewhere = await SiteVerifyServer.StartAsync(Token);
        elsewhere.WillAnswer("""{"success": true}""");
        _server.WillRedirectTo(elsewhere.VerifyUrl);

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(Verifier()));
        Assert.Empty(elsewhere.Calls);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var verifier = Verifier(("VerifyUrl", $"http://127.0.0.1:{port}/siteverify"));

        Assert.Equal(new CaptchaOutcome.Unreachable(), await VerifyAsync(verifier));
    }
}

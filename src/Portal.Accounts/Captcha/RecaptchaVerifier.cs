using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace Portal.Accounts.Captcha;

/// <summary>
/// Speaks reCAPTCHA's siteverify (https://developers.google.com/recaptcha/docs/verify). Neither the visitor's response
/// nor the secret is ever logged: a fresh response is worth a registration.
/// </summary>
/// <remarks>
/// Fails closed: no usable answer is <see cref="CaptchaOutcome.Unreachable"/>, never a pass. A repeated call may find
/// its response already spent by the first one, whose answer was lost; the visitor then sees "expired" and repeats it.
/// </remarks>
internal sealed partial class RecaptchaVerifier(
    HttpClient http, IOptions<RecaptchaOptions> options, ILogger<RecaptchaVerifier> logger) : ICaptchaVerifier
{
    /// <summary>Real responses have about 500 (box) to 2,500 characters (score); longer ones are not worth a call.</summary>
    private const int MaxResponseLength = 8 * 1024;

    private readonly RecaptchaOptions _options = options.Value;

    public bool IsRequired => true;

    public CaptchaWidgetInfo? Widget { get; } = MakeWidget(options.Value);

    public async Task<CaptchaOutcome> VerifyAsync(
        string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(response))
        {
            return new CaptchaOutcome.Missing();
        }

        if (response.Length > MaxResponseLength)
        {
            return new CaptchaOutcome.Refused();
        }

        try
        {
            var answer = await AskAsync(response, remoteAddress, cancellationToken);
            return Judge(answer, action);
        }
        catch (Exception failure) when (IsOutage(failure) && !cancellationToken.IsCancellationRequested)
        {
            Log.Unreachable(logger, failure);
            return new CaptchaOutcome.Unreachable();
        }
    }

    private async Task<Answer> AskAsync(string response, IPAddress? remoteAddress, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["secret"] = _options.SecretKey, ["response"] = response };
        if (remoteAddress is not null)
        {
            // A dual-stack listener reports IPv4 visitors as ::ffff:a.b.c.d, which the service does not know.
            fields["remoteip"] = (remoteAddress.IsIPv4MappedToIPv6 ? remoteAddress.MapToIPv4() : remoteAddress).ToString();
        }

        using var form = new FormUrlEncodedContent(fields);
        using var reply = await http.PostAsync(_options.VerifyUrl, form, cancellationToken);
        reply.EnsureSuccessStatusCode();
        var body = await reply.Content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize<Answer>(body) ?? throw new JsonException("The answer is null.");
    }

    private CaptchaOutcome Judge(Answer answer, string action)
    {
        if (!answer.Success)
        {
            return JudgeErrors(answer);
        }

        var isScoreKey = _options.Kind == CaptchaKind.Score;
        if (isScoreKey && answer.Score is null)
        {
            Log.NotAScoreKey(logger);
            return new CaptchaOutcome.Unreachable();
        }

        if ((isScoreKey || !string.IsNullOrEmpty(answer.Action)) && answer.Action != action)
        {
            Log.OtherAction(logger, action, answer.HostName);
            return new CaptchaOutcome.Refused();
        }

        if (answer.Score is { } score && score < _options.MinimumScore)
        {
            Log.LowScore(logger, score.ToString(CultureInfo.InvariantCulture), answer.HostName);
            return new CaptchaOutcome.LowScore(score);
        }

        return new CaptchaOutcome.Passed();
    }

    private CaptchaOutcome JudgeErrors(Answer answer)
    {
        var codes = answer.ErrorCodes ?? [];
        var listed = string.Join(", ", codes);
        if (codes.Any(code => code is "invalid-input-secret" or "missing-input-secret" or "invalid-keys" or "bad-request"))
        {
            Log.Misconfigured(logger, listed);
            return new CaptchaOutcome.Unreachable();
        }

        Log.Refused(logger, listed, answer.HostName);
        return codes.Contains("timeout-or-duplicate") ? new CaptchaOutcome.Expired()
            : codes.Contains("missing-input-response") ? new CaptchaOutcome.Missing()
            : new CaptchaOutcome.Refused();
    }

    /// <summary>A cancellation that the caller did not ask for is the client's own total time-out.</summary>
    private static bool IsOutage(Exception failure) =>
        failure is HttpRequestException or TimeoutRejectedException or OperationCanceledException or JsonException;

    private static CaptchaWidgetInfo MakeWidget(RecaptchaOptions options)
    {
        var script = new UriBuilder(options.ScriptUrl);
        if (options.Kind == CaptchaKind.Score)
        {
            // Version 3 answers only in a script that was loaded for the key.
            var separator = script.Query.Length > 1 ? "&" : "";
            script.Query = $"{script.Query}{separator}render={Uri.EscapeDataString(options.SiteKey)}";
        }

        return new CaptchaWidgetInfo(options.Kind, options.SiteKey, script.Uri);
    }

    private sealed record Answer(
        [property: JsonPropertyName("success")] bool Success,
        [property: JsonPropertyName("score")] double? Score,
        [property: JsonPropertyName("action")] string? Action,
        [property: JsonPropertyName("hostname")] string? HostName,
        [property: JsonPropertyName("error-codes")] string[]? ErrorCodes);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "reCAPTCHA gave no usable answer; the visitor was asked to try again later.")]
        public static partial void Unreachable(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Error, "reCAPTCHA does not accept this site's requests ({Codes}): check Recaptcha:SiteKey and Recaptcha:SecretKey. Nobody can pass until then.")]
        public static partial void Misconfigured(ILogger logger, string codes);

        [LoggerMessage(LogLevel.Error, "reCAPTCHA answered without a score: the keys are not version 3 keys, but Recaptcha:Kind is Score. Nobody can pass until then.")]
        public static partial void NotAScoreKey(ILogger logger);

        [LoggerMessage(LogLevel.Information, "reCAPTCHA refused a response ({Codes}) from a page on {HostName}.")]
        public static partial void Refused(ILogger logger, string codes, string? hostName);

        [LoggerMessage(LogLevel.Information, "A reCAPTCHA response for another action than {Action} was refused; its page was on {HostName}.")]
        public static partial void OtherAction(ILogger logger, string action, string? hostName);

        [LoggerMessage(LogLevel.Information, "reCAPTCHA gave a score of {Score}, below the minimum, to a page on {HostName}.")]
        public static partial void LowScore(ILogger logger, string score, string? hostName);
    }
}

using System.Net;

namespace Portal.Accounts.Captcha;

/// <summary>
/// The door to the outside service that tells people from programs. May be used from a request and from a circuit,
/// by many callers at once.
/// </summary>
public interface ICaptchaVerifier
{
    /// <summary>Whether a form has to show the widget and send its response. Settled at start; never changes afterwards.</summary>
    bool IsRequired { get; }

    /// <summary>What the form shows; null when <see cref="IsRequired"/> is false.</summary>
    CaptchaWidgetInfo? Widget { get; }

    /// <summary>
    /// Asks the service about one response. A response counts once: after any answer but
    /// <see cref="CaptchaOutcome.Missing"/> the form needs a new one. Always
    /// <see cref="CaptchaOutcome.Passed"/>, without a call, when no check is required.
    /// </summary>
    /// <param name="response">What the widget put into the form (its field is <c>g-recaptcha-response</c>); null or blank means it is missing.</param>
    /// <param name="action">The name the widget was given for this form, letters, digits, slashes and underscores; compared where the service reports one.</param>
    /// <param name="remoteAddress">The visitor's address, passed on to the service; null leaves it out.</param>
    /// <param name="cancellationToken">Gives up waiting; the only cause of an <see cref="OperationCanceledException"/>, time-outs are <see cref="CaptchaOutcome.Unreachable"/>.</param>
    Task<CaptchaOutcome> VerifyAsync(string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken);
}

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

    /// <summary>The script that the form shows itself by; null when none is needed.</summary>
    CaptchaWidgetInfo? Widget { get; }

    /// <summary>A question that the form asks in a text field, where there is no widget; what is typed is the response. Null, the default, for none.</summary>
    string? Question => null;

    /// <summary>
    /// Asks the service about one response. A response counts once: after any answer but
    /// <see cref="CaptchaOutcome.Missing"/> the form needs a new one. Always
    /// <see cref="CaptchaOutcome.Passed"/>, without a call, when no check is required.
    /// </summary>
    /// <param name="response">What the widget put into the form (its field is <c>g-recaptcha-response</c>), or what was typed; null or blank means it is missing.</param>
    /// <param name="action">The name the widget was given for this form, letters, digits, slashes and underscores; compared where the service reports one.</param>
    /// <param name="remoteAddress">The visitor's address, passed on to the service; null leaves it out.</param>
    /// <param name="cancellationToken">Gives up waiting; the only cause of an <see cref="OperationCanceledException"/>, time-outs are <see cref="CaptchaOutcome.Unreachable"/>.</param>
    Task<CaptchaOutcome> VerifyAsync(string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken);
}

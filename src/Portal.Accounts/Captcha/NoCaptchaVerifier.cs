using System.Net;

namespace Portal.Accounts.Captcha;

/// <summary>Stands in while no keys are set: nothing to show, everybody passes.</summary>
internal sealed class NoCaptchaVerifier : ICaptchaVerifier
{
    public bool IsRequired => false;

    public CaptchaWidgetInfo? Widget => null;

    public Task<CaptchaOutcome> VerifyAsync(
        string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken) =>
        Task.FromResult<CaptchaOutcome>(new CaptchaOutcome.Passed());
}

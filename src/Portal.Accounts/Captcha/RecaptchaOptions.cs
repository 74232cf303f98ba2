using System.Diagnostics.CodeAnalysis;

namespace Portal.Accounts.Captcha;

/// <summary>
/// Section <c>Recaptcha</c>. With both keys set, registration asks for reCAPTCHA; with neither it does not; with one
/// alone the start refuses. Read at start only.
/// </summary>
public sealed class RecaptchaOptions
{
    internal const string Section = "Recaptcha";

    /// <summary>The public key. Default empty.</summary>
    public string SiteKey { get; set; } = "";

    /// <summary>The key shared with the service; keep it out of settings files. Default empty.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Which kind of key the two are. Default <see cref="CaptchaKind.Checkbox"/>.</summary>
    public CaptchaKind Kind { get; set; } = CaptchaKind.Checkbox;

    /// <summary>Where responses are verified. Default Google's. An absolute https address; http only on a loopback host, because the secret travels there.</summary>
    [StringSyntax(StringSyntaxAttribute.Uri)]
    public string VerifyUrl { get; set; } = "https://www.google.com/recaptcha/api/siteverify";

    /// <summary>The widget's script. Default Google's; <c>https://www.recaptcha.net/recaptcha/api.js</c> serves where that is blocked. The same rule as <see cref="VerifyUrl"/>.</summary>
    [StringSyntax(StringSyntaxAttribute.Uri)]
    public string ScriptUrl { get; set; } = "https://www.google.com/recaptcha/api.js";

    /// <summary>The least score that passes, 0 to 1, inclusive. Default 0.5. Looked at whenever the service reports a score.</summary>
    public double MinimumScore { get; set; } = 0.5;

    /// <summary>How long one call may take before it is tried again, at most twice. Default 3 seconds; at least 10 milliseconds and at most <see cref="TotalTimeout"/>.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long all calls of one check may take together. Default 8 seconds; at least 10 milliseconds, at most 1 minute.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Both keys are set.</summary>
    internal bool IsConfigured => !string.IsNullOrWhiteSpace(SiteKey) && !string.IsNullOrWhiteSpace(SecretKey);

    /// <summary>The pause before the first repetition; doubled for the second. Not a setting: tests take it away.</summary>
    internal TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);
}

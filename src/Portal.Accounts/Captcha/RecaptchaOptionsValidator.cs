using Microsoft.Extensions.Options;

namespace Portal.Accounts.Captcha;

/// <summary>Collects every fault of the section at once. Never repeats a key's value: it ends in logs.</summary>
internal sealed class RecaptchaOptionsValidator : IValidateOptions<RecaptchaOptions>
{
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxTotalTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, RecaptchaOptions options)
    {
        List<string> failures = [];

        var hasSiteKey = !string.IsNullOrWhiteSpace(options.SiteKey);
        var hasSecretKey = !string.IsNullOrWhiteSpace(options.SecretKey);
        if (hasSiteKey != hasSecretKey)
        {
            var (there, lacking) = hasSiteKey ? ("SiteKey", "SecretKey") : ("SecretKey", "SiteKey");
            failures.Add($"Recaptcha:{lacking} is empty although Recaptcha:{there} is set; set both to ask for reCAPTCHA, or neither.");
        }

        if (!Enum.IsDefined(options.Kind))
        {
            failures.Add($"Recaptcha:Kind must be Checkbox or Score; found '{options.Kind}'.");
        }

        CheckUrl(failures, nameof(options.VerifyUrl), options.VerifyUrl);
        CheckUrl(failures, nameof(options.ScriptUrl), options.ScriptUrl);

        if (!(options.MinimumScore is >= 0 and <= 1))
        {
            failures.Add(FormattableString.Invariant($"Recaptcha:MinimumScore must be a number from 0 to 1; found '{options.MinimumScore}'."));
        }

        if (options.TotalTimeout < MinTimeout || options.TotalTimeout > MaxTotalTimeout)
        {
            failures.Add($"Recaptcha:TotalTimeout must be at least {MinTimeout:c} and at most {MaxTotalTimeout:c}; found '{options.TotalTimeout:c}'.");
        }

        if (options.AttemptTimeout < MinTimeout || options.AttemptTimeout > options.TotalTimeout)
        {
            failures.Add($"Recaptcha:AttemptTimeout must be at least {MinTimeout:c} and at most Recaptcha:TotalTimeout ({options.TotalTimeout:c}); found '{options.AttemptTimeout:c}'.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckUrl(List<string> failures, string key, string? value)
    {
        var accepted = Uri.TryCreate(value, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
        if (!accepted)
        {
            failures.Add($"Recaptcha:{key} must be an absolute https address (http only on a loopback host); found '{value}'.");
        }
    }
}

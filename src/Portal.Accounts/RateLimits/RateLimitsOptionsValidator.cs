using Microsoft.Extensions.Options;

namespace Portal.Accounts.RateLimits;

internal sealed class RateLimitsOptionsValidator : IValidateOptions<RateLimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitsOptions options)
    {
        List<string> failures = [];
        Check("RateLimits:SignIn", options.SignIn);
        Check("RateLimits:Recovery", options.Recovery);
        Check("RateLimits:Confirmation", options.Confirmation);
        Check("RateLimits:Registration", options.Registration);
        Check("RateLimits:Picture", options.Picture);
        Check("RateLimits:Profile", options.Profile);
        Check("RateLimits:Export", options.Export);
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void Check(string key, string value)
        {
            if (RateLimit.Parse(value) is null)
            {
                failures.Add($"{key} is \"{value}\"; write it as \"5 failures per 15 minutes\" or \"3 per hour\".");
            }
        }
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

internal sealed class PasswordsOptionsValidator : IValidateOptions<PasswordsOptions>
{
    public ValidateOptionsResult Validate(string? name, PasswordsOptions options)
    {
        List<string> failures = [];

        Check(nameof(options.MinimumLength), options.MinimumLength, 8, 64);
        Check(nameof(options.MinimumLengthWithSecondFactor), options.MinimumLengthWithSecondFactor, 8, options.MinimumLength, "Passwords:MinimumLength, ");
        Check(nameof(options.Iterations), options.Iterations, 1_000, PasswordHashing.MaxIterations);
        Check(nameof(options.MaximumQueueLength), options.MaximumQueueLength, 1, 100_000);
        Check(nameof(options.HashingThreads), options.HashingThreads, 0, 256);

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(string key, int value, int least, int most, string whatMostIs = "")
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Passwords:{key} must be at least {least} and at most {whatMostIs}{most}; found {value}."));
            }
        }
    }
}

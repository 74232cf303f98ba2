using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Tokens;

internal sealed class JwtOptionsValidator(IHostEnvironment environment) : IValidateOptions<JwtOptions>
{
    private const int LeastBytes = 32;
    private const int MostBytes = 1024;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // What was found is told for all but the secrets.
    public ValidateOptionsResult Validate(string? name, JwtOptions options)
    {
        List<string> failures = [];
        if (options.Key.Length == 0 && environment.IsProduction())
        {
            failures.Add($"Jwt:Key is empty; give a secret of {LeastBytes} bytes or more, for example by: openssl rand -base64 48");
        }

        CheckSecret("Jwt:Key", options.Key);
        CheckSecret("Jwt:PreviousKey", options.PreviousKey);
        if (options.Lifetime < Shortest || options.Lifetime > Longest)
        {
            failures.Add($"Jwt:Lifetime is \"{options.Lifetime:c}\"; give a duration from {Shortest:c} to {Longest:c}.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void CheckSecret(string key, string secret)
        {
            if (secret.Length > 0 && Encoding.UTF8.GetByteCount(secret) is < LeastBytes or > MostBytes)
            {
                failures.Add($"{key} has {Encoding.UTF8.GetByteCount(secret)} bytes; give {LeastBytes} to {MostBytes}.");
            }
        }
    }
}

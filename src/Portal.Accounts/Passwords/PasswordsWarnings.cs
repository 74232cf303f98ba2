using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

/// <summary>Says at start which accepted settings fall short of the standards.</summary>
internal sealed partial class PasswordsWarnings(
    IOptions<PasswordsOptions> options, ILogger<PasswordsWarnings> logger) : IHostedService
{
    private const int AdvisedIterations = 210_000;
    private const int AdvisedLength = 15;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Iterations < AdvisedIterations)
        {
            Log.FewIterations(logger, options.Value.Iterations, AdvisedIterations);
        }

        if (options.Value.MinimumLength < AdvisedLength)
        {
            Log.ShortPasswords(logger, options.Value.MinimumLength, AdvisedLength);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Passwords:Iterations is {Iterations}; OWASP ASVS 5.0 (appendix C) asks for at least {Advised} with PBKDF2-HMAC-SHA512.")]
        public static partial void FewIterations(ILogger logger, int iterations, int advised);

        [LoggerMessage(LogLevel.Warning, "Passwords:MinimumLength is {Length}; NIST SP 800-63B-4 asks for at least {Advised} where a password is the only factor.")]
        public static partial void ShortPasswords(ILogger logger, int length, int advised);
    }
}

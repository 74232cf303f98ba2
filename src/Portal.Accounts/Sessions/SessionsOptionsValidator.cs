using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Sessions;

internal sealed class SessionsOptionsValidator : IValidateOptions<SessionsOptions>
{
    private const int MostPerUser = 10_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    public ValidateOptionsResult Validate(string? name, SessionsOptions options)
    {
        List<string> failures = [];
        Check("Sessions:IdleTimeout", options.IdleTimeout);
        Check("Sessions:ShortIdleTimeout", options.ShortIdleTimeout);
        Check("Sessions:AbsoluteTimeout", options.AbsoluteTimeout);
        Check("Sessions:Administrators:IdleTimeout", options.Administrators.IdleTimeout);
        Check("Sessions:Administrators:AbsoluteTimeout", options.Administrators.AbsoluteTimeout);
        Check("Sessions:RecentAuthentication", options.RecentAuthentication, Day);
        if (options.MaximumPerUser is < 1 or > MostPerUser)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"Sessions:MaximumPerUser is \"{options.MaximumPerUser}\"; give a number from 1 to {MostPerUser}."));
        }

        if (!Enum.IsDefined(options.WhenFull))
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"Sessions:WhenFull is \"{options.WhenFull}\"; give {string.Join(" or ", Enum.GetNames<WhenFull>())}."));
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void Check(string key, TimeSpan value, TimeSpan? most = null)
        {
            if (value < Shortest || value > (most ?? Longest))
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is \"{value}\"; give a duration from {Shortest} to {most ?? Longest}."));
            }
        }
    }
}

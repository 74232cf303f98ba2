using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Portal.Accounts;

internal sealed class AccountsOptionsValidator : IValidateOptions<AccountsOptions>
{
    private static readonly TimeSpan ShortestLink = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLink = TimeSpan.FromDays(7);
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(3650);

    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        List<string> failures = [];
        CheckDuration("Accounts:ConfirmEmailWithin", options.ConfirmEmailWithin, ShortestLink, LongestLink);
        CheckDuration("Accounts:ResetPasswordWithin", options.ResetPasswordWithin, ShortestLink, LongestLink);
        CheckDuration("Accounts:IpRetention", options.IpRetention, ShortestRetention, LongestRetention);

        try
        {
            _ = new Regex(options.UserNamePattern, RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            failures.Add($"Accounts:UserNamePattern is \"{options.UserNamePattern}\"; give a regular expression without backtracking: {exception.Message}");
        }

        if (string.IsNullOrWhiteSpace(options.UserNameRules))
        {
            failures.Add("Accounts:UserNameRules is empty; give the sentence that explains Accounts:UserNamePattern.");
        }

        CheckVisibility("Accounts:DefaultVisibility", options.DefaultVisibility);
        CheckVisibility("Accounts:DefaultEmailVisibility", options.DefaultEmailVisibility);
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void CheckDuration(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is \"{value}\"; give a duration from {least} to {most}."));
            }
        }

        void CheckVisibility(string key, string value)
        {
            if (value is not ("public" or "restricted"))
            {
                failures.Add($"{key} is \"{value}\"; give public or restricted.");
            }
        }
    }
}

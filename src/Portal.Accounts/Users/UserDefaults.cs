using System.Text.Json;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>What every new user starts with, whoever makes the account.</summary>
internal static class UserDefaults
{
    public static void Apply(User user, AccountsOptions options, DateTimeOffset now)
    {
        user.VerifiedAt = options.VerifiedByDefault ? now : null;
        user.Preferences = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["visibility"] = options.DefaultVisibility,
            ["email_visibility"] = options.DefaultEmailVisibility,
        });
    }
}

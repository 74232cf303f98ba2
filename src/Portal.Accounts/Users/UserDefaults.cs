using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>What every new user starts with, whoever makes the account.</summary>
internal static class UserDefaults
{
    public static void Apply(User user, AccountsOptions options, DateTimeOffset now)
    {
        user.VerifiedAt = options.VerifiedByDefault ? now : null;
        user.Preferences = new UserPreferences
        {
            Visibility = options.DefaultVisibility,
            EmailVisibility = options.DefaultEmailVisibility,
        }.Write();
    }
}

using System.Globalization;

namespace Portal.Admin;

/// <summary>What the parts of a user's page are called, and where they are.</summary>
internal static class UserTabs
{
    public static UserTab Of(string? name) =>
        Enum.TryParse<UserTab>(name, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : UserTab.Overview;

    public static string Title(UserTab tab) => tab switch
    {
        UserTab.SignIn => "Sign-in methods",
        UserTab.Events => "Security events",
        _ => tab.ToString(),
    };

    public static string Href(long userId, UserTab tab)
    {
        var page = PortalUrls.AdminUser(userId.ToString(CultureInfo.InvariantCulture));
        return tab is UserTab.Overview ? page : $"{page}?tab={tab.ToString().ToLowerInvariant()}";
    }
}

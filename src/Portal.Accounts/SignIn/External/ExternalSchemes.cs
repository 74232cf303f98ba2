namespace Portal.Accounts.SignIn.External;

/// <summary>The names that the way through a provider goes by.</summary>
internal static class ExternalSchemes
{
    /// <summary>The cookie that holds what a provider proved until it is used: minutes, and never a session.</summary>
    public const string Proof = "Portal.External";

    /// <summary>Where the portal uses what a provider proved.</summary>
    public const string DonePath = "/login/external/done";

    /// <summary>Where a provider sends people back to.</summary>
    public static string CallbackOf(string scheme) => $"/signin-{scheme}";
}

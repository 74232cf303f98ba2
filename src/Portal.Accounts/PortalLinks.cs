using System.Globalization;

namespace Portal.Accounts;

/// <summary>The pages of the portal that mails, printed links and the sign-in cookie send people to, and how a link is written.</summary>
internal static class PortalLinks
{
    public const string Home = "/";
    public const string SignIn = "/login";
    public const string Account = "/account";
    public const string Security = "/account/security";
    public const string ForgotPassword = "/forgot-password";
    public const string AccessDenied = "/access-denied";
    public const string Identities = "/account/identities";
    public const string LinkIdentity = "/account/identities/link";

    // These read the secret from their query and, but for the first, the user.
    public const string Setup = "/setup";
    public const string ConfirmEmail = "/confirm-email";
    public const string ConfirmNewEmail = "/confirm-new-email";
    public const string StopEmailChange = "/stop-email-change";
    public const string ResetPassword = "/reset-password";
    public const string NotMe = "/not-me";
    public const string Invitation = "/invitation";

    /// <summary>The absolute address that opens <paramref name="page"/> with a one-time link.</summary>
    public static string LinkUrl(this PortalOptions portal, string page, long userId, string secret) =>
        portal.AbsoluteUrl(string.Create(CultureInfo.InvariantCulture, $"{page}?user={userId}&token={secret}"));

    /// <summary>The absolute address that opens <paramref name="page"/> with a one-time link that is nobody's.</summary>
    public static string LinkUrl(this PortalOptions portal, string page, string secret) => portal.AbsoluteUrl($"{page}?token={secret}");

    /// <summary>A page that says why a way through a provider led nowhere.</summary>
    public static string ExternalRefused(string page, string refusal) => $"{page}?external={refusal}";

    /// <summary>The absolute address where a forgotten password is replaced; null where there is none.</summary>
    public static string? RecoveryUrl(this PortalOptions portal, AccountsOptions accounts) =>
        accounts.Recovery ? portal.AbsoluteUrl(ForgotPassword) : null;
}

namespace Portal;

/// <summary>
/// The addresses people, mails and scripts rely on. Constants are bare paths; a method of the same stem adds a query
/// or an id, escaped.
/// </summary>
internal static class PortalUrls
{
    public const string HomePath = "/";

    public const string SignInPath = "/login";
    public const string TwoFactorPath = "/login/two-factor";
    public const string RecoveryCodePath = "/login/recovery-code";
    public const string TooManySessionsPath = "/login/too-many-sessions";
    /// <summary>The way to a provider: a form is sent here.</summary>
    public const string ExternalPath = "/login/external";
    /// <summary>The way back from one.</summary>
    public const string ExternalDonePath = "/login/external/done";
    public const string RegisterPath = "/register";
    public const string ExternalRegisterPath = "/register/external";
    public const string CheckYourMailPath = "/register/check-your-mail";
    public const string ConfirmEmailPath = "/confirm-email";
    public const string ConfirmNewEmailPath = "/confirm-new-email";
    public const string StopEmailChangePath = "/stop-email-change";
    public const string ResendConfirmationPath = "/resend-confirmation";
    public const string ForgotPasswordPath = "/forgot-password";
    public const string ResetPasswordPath = "/reset-password";
    public const string NotMePath = "/not-me";
    public const string InvitationPath = "/invitation";
    public const string SignedOutPath = "/signed-out";
    public const string AccessDeniedPath = "/access-denied";
    public const string SetupPath = "/setup";

    public const string AccountPath = "/account";
    public const string ProfilePath = "/account/profile";
    public const string EmailPath = "/account/email";
    public const string PasswordPath = "/account/password";
    public const string SecurityPath = "/account/security";
    public const string SessionsPath = "/account/sessions";
    public const string IdentitiesPath = "/account/identities";
    /// <summary>The way to a provider for who is signed in: a form is sent here.</summary>
    public const string LinkIdentityPath = "/account/identities/link";
    /// <summary>The same page, saying that they proved who they are.</summary>
    public const string IdentityConfirmed = $"{LinkIdentityPath}?confirmed=true";
    public const string ActivityPath = "/account/activity";
    public const string PrivacyPath = "/account/privacy";

    public const string AdminPath = "/admin";
    public const string AdminUsersPath = "/admin/users";
    public const string AdminInvitePath = "/admin/users/invite";
    public const string AdminRolesPath = "/admin/roles";
    public const string AdminSessionsPath = "/admin/sessions";
    public const string AdminIdentitiesPath = "/admin/identities";
    public const string AdminDomainsPath = "/admin/domains";
    public const string AdminDomainLabelsPath = "/admin/domains/labels";
    public const string AdminEventsPath = "/admin/events";
    /// <summary>What the events' filter matches, as a file; the query is the page's.</summary>
    public const string AdminEventsExportPath = "/admin/events/export";
    public const string AdminMailPath = "/admin/mail";

    /// <summary>Accepts POST only: an administrator begins to act as somebody. Behind a person's id it is the page that asks why.</summary>
    public const string ImpersonatePath = "/admin/impersonate";

    /// <summary>Accepts POST only: an administrator who acts as somebody goes back to their own session.</summary>
    public const string OwnAccountPath = "/account/own";

    /// <summary>Accepts POST only: a provider says that a session is over; its scheme follows.</summary>
    public const string ProviderLogoutPath = "/backchannel-logout";

    /// <summary>Accepts POST only.</summary>
    public const string SignOutPath = "/logout";
    /// <summary>Accepts POST only: everything held about the person, as a file.</summary>
    public const string ExportPath = "/account/export";
    /// <summary>Accepts POST only: somebody is at an open page.</summary>
    public const string SeenPath = "/account/seen";
    /// <summary>The signed-in person's own; a version follows.</summary>
    public const string PicturePath = "/account/picture";
    /// <summary>Accepts POST only.</summary>
    public const string ThemePath = "/theme";
    public const string ChangePasswordPath = "/.well-known/change-password";
    public const string PasskeyEndpointsPath = "/.well-known/passkey-endpoints";
    public const string HealthLivePath = "/health/live";
    public const string HealthReadyPath = "/health/ready";
    public const string MetricsPath = "/metrics";
    public const string OpenApiPath = "/openapi/v1.json";
    /// <summary>The same as a page.</summary>
    public const string ReferencePath = "/openapi";
    public const string ApiPath = "/api";
    /// <summary>Accepts POST only: what the browser is to ask for when somebody signs in by a passkey.</summary>
    public const string PasskeySignInPath = "/api/login/passkey-options";
    /// <summary>Accepts POST only: the same after the right password.</summary>
    public const string PasskeySecondStepPath = "/api/login/two-factor/passkey-options";
    public const string NotFoundPath = "/not-found";
    public const string ErrorPath = "/error";
    /// <summary>Development only.</summary>
    public const string DevMailPath = "/dev/mail";

    /// <summary>The sign-in page; it comes back to <paramref name="returnUrl"/>, which null or an empty text leaves out.</summary>
    public static string SignIn(string? returnUrl = null) => WithReturn(SignInPath, returnUrl);

    /// <summary>The password page, for who has said that something was not them: it says what was done, and goes on with the password.</summary>
    public static string PasswordAfterReport() => $"{PasswordPath}?reported=true";

    /// <summary>The sign-in page, saying that the first step is too long ago for the second.</summary>
    public static string SignInAgain(string? returnUrl = null) =>
        string.IsNullOrEmpty(returnUrl) ? $"{SignInPath}?late=true" : $"{SignIn(returnUrl)}&late=true";

    /// <summary>The security page, for an administrator whose page is in need of a second factor.</summary>
    /// <param name="adminPage">The page, where they go on afterwards.</param>
    public static string SecurityFor(string adminPage) => $"{SecurityPath}?for={Uri.EscapeDataString(adminPage)}";

    /// <summary>The sign-in page, saying why a way through a provider led nowhere.</summary>
    public static string SignInRefused(string why) => $"{SignInPath}?external={Uri.EscapeDataString(why)}";

    /// <summary>The page of linked identities, saying the same.</summary>
    public static string IdentitiesRefused(string why) => $"{IdentitiesPath}?external={Uri.EscapeDataString(why)}";

    /// <summary>The way to a provider for who is signed in, saying why they did not prove who they are.</summary>
    public static string ConfirmationRefused(string why) => $"{LinkIdentityPath}?external={Uri.EscapeDataString(why)}";

    /// <summary>The page of linked identities, saying that one was linked.</summary>
    public static string IdentityLinked(string scheme) => $"{IdentitiesPath}?linked={Uri.EscapeDataString(scheme)}";

    /// <summary>The page on which somebody makes an account with what a provider proved.</summary>
    public static string ExternalRegister(string? returnUrl = null) => WithReturn(ExternalRegisterPath, returnUrl);

    public static string TwoFactor(string? returnUrl = null) => WithReturn(TwoFactorPath, returnUrl);

    public static string RecoveryCode(string? returnUrl = null) => WithReturn(RecoveryCodePath, returnUrl);

    /// <summary>Where somebody with as many sessions as they may have chooses one that ends for the new one.</summary>
    public static string TooManySessions(string? returnUrl = null) => WithReturn(TooManySessionsPath, returnUrl);

    public static string Register(string? returnUrl = null) => WithReturn(RegisterPath, returnUrl);

    /// <param name="reason">One of the words that the page can explain, such as <c>revoked</c>.</param>
    public static string SignedOut(string reason) => $"{SignedOutPath}?reason={Uri.EscapeDataString(reason)}";

    /// <summary>For the browser in which somebody deleted their account.</summary>
    public static string AccountDeleted() => $"{SignedOut("deleted")}&by=you";

    /// <summary>The privacy page, saying that an export needs the password first.</summary>
    public static string ExportRefused() => $"{PrivacyPath}?export=refused";

    /// <summary>The privacy page, saying when an export is possible again.</summary>
    public static string ExportThrottled() => $"{PrivacyPath}?export=throttled";

    public static string ConfirmNewEmail(string user, string token) => WithToken(ConfirmNewEmailPath, user, token);

    public static string StopEmailChange(string user, string token) => WithToken(StopEmailChangePath, user, token);

    public static string ConfirmEmail(string user, string token) => WithToken(ConfirmEmailPath, user, token);

    public static string ResetPassword(string user, string token) => WithToken(ResetPasswordPath, user, token);

    /// <summary>Says that the link has done its work, and how many sessions ended by it.</summary>
    public static string ResetPasswordDone(string user, string token, int ended) =>
        FormattableString.Invariant($"{ResetPassword(user, token)}&ended={ended}");
    public static string Invitation(string user, string token) => WithToken(InvitationPath, user, token);

    public static string NotMe(string user, string token) => WithToken(NotMePath, user, token);

    /// <summary>Says that the link has done its work.</summary>
    public static string NotMeDone(string user, string token) => $"{NotMe(user, token)}&done=true";

    public static string Picture(string version) => $"{PicturePath}/{Uri.EscapeDataString(version)}";

    /// <param name="group">The name of the group of events to show.</param>
    public static string Activity(string group) => $"{ActivityPath}?show={Uri.EscapeDataString(group)}";

    public static string AdminUser(string id) => $"{AdminUsersPath}/{Uri.EscapeDataString(id)}";

    public static string AdminDomain(string name) => $"{AdminDomainsPath}/{Uri.EscapeDataString(name)}";

    /// <summary>The page on which an administrator says why they act as somebody.</summary>
    public static string Impersonate(string id) => $"{ImpersonatePath}/{Uri.EscapeDataString(id)}";

    /// <summary>The same page, saying that nothing began.</summary>
    public static string ImpersonationRefused(string id) => $"{Impersonate(id)}?refused=true";

    /// <summary>The live sessions of one person.</summary>
    public static string AdminSessionsOf(string user) => $"{AdminSessionsPath}?user={Uri.EscapeDataString(user)}";

    public static string AdminRole(string id) => $"{AdminRolesPath}/{Uri.EscapeDataString(id)}";

    /// <summary>The page that puts an HTTP status into words.</summary>
    public static string Error(int status) => FormattableString.Invariant($"{ErrorPath}/{status}");

    private static string WithReturn(string path, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? path : $"{path}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private static string WithToken(string path, string user, string token) =>
        $"{path}?user={Uri.EscapeDataString(user)}&token={Uri.EscapeDataString(token)}";
}

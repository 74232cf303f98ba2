using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Account;

/// <summary>What the pages of a sign-in's second step share.</summary>
internal static class SecondStep
{
    /// <summary>Where somebody goes who opens such a page without a reason: who is signed in on, who has given no password back. Null to stay.</summary>
    public static string? LeadAway(HttpContext http, ISignInService signIn, string? returnUrl) =>
        !HttpMethods.IsGet(http.Request.Method) ? null
            : http.User.Identity?.IsAuthenticated == true ? AccountPages.After(returnUrl)
            : signIn.IsWaitingForCode(http) ? null
            : PortalUrls.SignInAgain(returnUrl);

    /// <summary>Where an outcome leads; null when it is told on the page.</summary>
    public static string? LeadOn(SignInOutcome outcome, string? returnUrl) => outcome switch
    {
        SignInOutcome.Succeeded => AccountPages.After(returnUrl),
        SignInOutcome.Full => PortalUrls.TooManySessions(returnUrl),
        SignInOutcome.NothingWaits => PortalUrls.SignInAgain(returnUrl),
        _ => null,
    };

    /// <summary>An outcome in words.</summary>
    public static string Words(HttpContext http, SignInOutcome outcome, string wrongCode) => outcome switch
    {
        SignInOutcome.WrongCode => wrongCode,
        SignInOutcome.PasskeyRefused refused => PasskeyWords.Of(refused.Reason),
        SignInOutcome.Inactive => "This account is deactivated. Ask the people who run this site.",
        SignInOutcome.Throttled throttled => AccountPages.TooMany(http, throttled.RetryAfter, "Too many wrong codes."),
        SignInOutcome.Busy busy => AccountPages.TooMany(http, busy.RetryAfter, "Too many people are signing in right now."),
        SignInOutcome.Rejected => "Your password was changed a moment ago. Sign in with the new one.",
        _ => throw new InvalidOperationException($"A second step ended as {outcome.GetType().Name}, for which there are no words."),
    };
}

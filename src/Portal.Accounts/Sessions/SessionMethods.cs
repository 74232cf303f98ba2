using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>
/// How somebody authenticated, as RFC 8176 values separated by spaces. That has none for a recovery code, which is written
/// <c>recovery</c>.
/// </summary>
public static class SessionMethods
{
    internal const string Password = "pwd";
    internal const string Code = "otp";
    internal const string RecoveryCode = "recovery";
    internal const string MultipleFactors = "mfa";

    private static readonly string[] Keys = ["hwk", "swk"];

    /// <summary>Whether the session was begun, or proved since, with more than one factor: with a code beside the password, or a passkey that knows its person.</summary>
    public static bool HasSecondFactor(this ClaimsPrincipal person) => person.HasClaim(SessionClaims.MethodType, MultipleFactors);

    /// <summary>Whether a passkey began the session, with no password beside it.</summary>
    /// <param name="method">As a session has it.</param>
    public static bool IsByPasskeyAlone(string method) => method.Split(' ') is var values && !values.Contains(Password) && values.Intersect(Keys).Any();

    /// <summary>Whether a session's row says that it has more than one factor.</summary>
    internal static bool HasSecondFactor(string method) => method.Split(' ').Contains(MultipleFactors);

    /// <summary>The values of a session in which a code was given too.</summary>
    /// <param name="method">As the session has it.</param>
    /// <param name="code">What kind of code: <see cref="Code"/> or <see cref="RecoveryCode"/>.</param>
    internal static string WithCode(string method, string code) => With(method, [code, MultipleFactors]);

    /// <summary>The values of a session in which more was proved.</summary>
    internal static string With(string method, IEnumerable<string> more) =>
        string.Join(' ', method.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(more).Distinct());
}

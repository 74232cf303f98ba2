using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>How somebody authenticated, as RFC 8176 values separated by spaces.</summary>
public static class SessionMethods
{
    private const string Code = "otp";
    internal const string MultipleFactors = "mfa";

    /// <summary>Whether the session was begun, or proved since, with more than one factor: with a code beside the password, or a passkey that knows its person.</summary>
    public static bool HasSecondFactor(this ClaimsPrincipal person) => person.HasClaim(SessionClaims.MethodType, MultipleFactors);

    /// <summary>The same, of a session's row.</summary>
    internal static bool HasSecondFactor(string method) => method.Split(' ').Contains(MultipleFactors);

    /// <summary>The values of a session in which a code was given too.</summary>
    internal static string WithCode(string method) => With(method, [Code, MultipleFactors]);

    /// <summary>The values of a session in which more was proved.</summary>
    internal static string With(string method, IEnumerable<string> more) =>
        string.Join(' ', method.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(more).Distinct());
}

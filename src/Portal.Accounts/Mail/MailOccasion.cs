namespace Portal.Accounts.Mail;

/// <summary>When, with what and from where something was done that a mail tells of.</summary>
/// <param name="At">When.</param>
/// <param name="Device">
/// Browser and system as <c>AgentInfo.Describe</c> writes them, such as "Firefox on Linux"; letters put the words between
/// the names into their language. Null when unknown.
/// </param>
/// <param name="Country">ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="Ip">The network address; null when unknown.</param>
public sealed record MailOccasion(DateTimeOffset At, string? Device, string? Country, string? Ip)
{
    /// <summary>What an operator did: the mail says when; where the operator is, is theirs.</summary>
    internal static MailOccasion ByOperator(DateTimeOffset at) => new(at, Device: null, Country: null, Ip: null);
}

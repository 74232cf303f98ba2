using Portal.Accounts.Audit;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Credentials;

/// <summary>Puts an origin into the words of mails.</summary>
internal static class Occasions
{
    public static MailOccasion ToOccasion(this AuditOrigin? origin, DateTimeOffset at) => new(
        at,
        DeviceOf(origin),
        origin?.Country,
        origin?.Ip);

    private static string? DeviceOf(AuditOrigin? origin) => origin switch
    {
        // A tool or bot, which states no system.
        { Browser: { } browser and not AgentInfo.Unknown, Os: AgentInfo.Unknown } => browser,
        { Browser: { } browser, Os: { } os } => new AgentInfo(browser, null, os, DeviceClass.Unknown).Describe(),
        _ => null,
    };
}

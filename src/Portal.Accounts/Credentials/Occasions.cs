using Portal.Accounts.Audit;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Credentials;

/// <summary>Puts an origin into the words of mails.</summary>
internal static class Occasions
{
    public static MailOccasion ToOccasion(this AuditOrigin? origin, DateTimeOffset at) => new(
        at,
        origin is { Browser: { } browser, Os: { } os } ? new AgentInfo(browser, null, os, DeviceClass.Unknown).Describe() : null,
        origin?.Country,
        origin?.Ip);
}

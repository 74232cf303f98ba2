using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Registration;

/// <summary>When and from where an account was registered, as the security event of it says.</summary>
internal static class RegistrationOrigins
{
    /// <summary>Null where nothing is known: an account that an operator made, or one whose event was cleared.</summary>
    public static async Task<MailOccasion?> FindAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        var kind = AuditKind.Registered.ToName();
        var registered = await context.AuditEvents.AsNoTracking()
            .Where(row => row.SubjectId == userId && row.Kind == kind)
            .OrderByDescending(row => row.Id)
            .Select(row => new { row.At, row.Ip, row.Details })
            .FirstOrDefaultAsync(cancellationToken);
        if (registered is null)
        {
            return null;
        }

        var details = AuditDetails.Read(registered.Details);
        return new AuditOrigin(registered.Ip, details.Text("country"), details.Text("browser"), details.Text("os")).ToOccasion(registered.At);
    }
}

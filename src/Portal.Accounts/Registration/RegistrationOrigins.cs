using System.Text.Json;
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
        return registered is null ? null : OriginOf(registered.Ip, registered.Details).ToOccasion(registered.At);
    }

    private static AuditOrigin OriginOf(string? ip, string? details)
    {
        Dictionary<string, JsonElement> found;
        try
        {
            found = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(details ?? "{}") ?? [];
        }
        catch (JsonException)
        {
            // Somebody wrote into the log; verifying it tells which row. The mail goes all the same.
            found = [];
        }

        return new AuditOrigin(ip, Text("country"), Text("browser"), Text("os"));

        string? Text(string name) =>
            found.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}

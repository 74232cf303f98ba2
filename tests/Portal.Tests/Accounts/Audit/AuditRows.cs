using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Audit;

/// <summary>Writes security events past the rules that make them, and reads the table.</summary>
internal static class AuditRows
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Some events with every column filled, in one transaction.</summary>
    public static Task WriteAsync(this PortalHost host, int count, long subject = 7, string ip = "192.0.2.1", AuditKind kind = AuditKind.SignedIn) => host.QueryAsync(async context =>
    {
        for (var i = 0; i < count; i++)
        {
            await host.Get<AuditLog>().AddAsync(context, new AuditEntry(kind, subject)
            {
                ActorId = subject,
                SessionId = "01jd9v5m1k8x0c2q4r6t8w0y2a",
                Origin = new AuditOrigin(ip, "PT", "Firefox", "Linux"),
                Details = new Dictionary<string, object?> { ["method"] = "pwd", ["number"] = i },
            }, Token);
        }

        return await context.SaveChangesAsync(Token);
    });

    public static Task<List<AuditEvent>> AuditRowsAsync(this PortalHost host) =>
        host.QueryAsync(context => context.AuditEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync(Token));

    /// <summary>What is about an account, oldest first, as "kind details".</summary>
    public static async Task<IReadOnlyList<string>> EventsAboutAsync(this PortalHost host, long? subject) =>
        [.. (await host.AuditRowsAsync()).Where(row => row.SubjectId == subject).Select(row => $"{row.Kind} {row.Details}")];

    public static Task<AuditVerification> VerifyAsync(this PortalHost host, AuditHead? expected = null) => host.Get<IAuditAdmin>().VerifyAsync(expected, cancellationToken: Token);

    public static Task<int> SqlAsync(this PortalHost host, FormattableString sql) => host.QueryAsync(context => context.Database.ExecuteSqlAsync(sql, Token));
}

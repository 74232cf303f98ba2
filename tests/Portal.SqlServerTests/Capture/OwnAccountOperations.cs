using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;

namespace Portal.SqlServerTests.Capture;

/// <summary>What people do with their own account, behind the checks that made-up arguments do not pass.</summary>
internal static class OwnAccountOperations
{
    private static readonly SessionAsker Asker = new(1, "a");

    public static IReadOnlyList<CapturedOperation> All =>
    [
        On<EmailChangeService>("AskAsync", (changes, context, cancellation) =>
            changes.AskAsync(context, Ada(), Asker, "new@example.org", "NEW@EXAMPLE.ORG", cancellation)),
        On<EmailChangeLinks>("WhyNotAsync", (changes, context, cancellation) => changes.WhyNotAsync(context, Ada(), cancellation)),
        On<EmailChangeLinks>("ChangeAsync", (changes, context, cancellation) => changes.ChangeAsync(context, new DefaultHttpContext(), Ada(), cancellation)),
        new("RecoveryLinks.SendAsync", (services, cancellation) => services.GetRequiredService<RecoveryLinks>()
            .SendAsync(context => context.Users.Where(user => user.Id == 1), AuditOrigin.Unknown, cancellation)),
        On<AccountErasure>("EraseAsync", (erasure, context, cancellation) => erasure.EraseAsync(
            context, Ada(), new AuditEntry(AuditKind.AccountDeleted, 1) { ActorId = 2 }, new MailOccasion(DateTimeOffset.UnixEpoch, null, null, null), cancellation)),
    ];

    private static User Ada() => new()
    {
        Id = 1,
        UserName = "ada",
        Email = "ada@example.org",
        NormalizedEmail = "ADA@EXAMPLE.ORG",
        NewEmail = "new@example.org",
    };

    private static CapturedOperation On<TService>(string method, Func<TService, PortalDbContext, CancellationToken, Task> run)
        where TService : notnull => new($"{typeof(TService).Name}.{method}", async (services, cancellation) =>
        {
            // One of them stands behind its door alone.
            var service = ActivatorUtilities.GetServiceOrCreateInstance<TService>(services);
            var context = services.GetRequiredService<PortalDbContext>();
            await run(service, context, cancellation);
            await context.SaveChangesAsync(cancellation);
        });
}

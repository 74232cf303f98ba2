using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;
using Portal.Accounts.SignIn.External;

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
            .SendAsync(context => context.Users.Where(user => user.Id == 1), _ => true, AuditOrigin.Unknown, cancellation)),
        On<FormerAddress>("UndoAsync", (former, context, cancellation) =>
            former.UndoAsync(context, new AuditEntry(AuditKind.ReportedNotMe, 1), 1, "a", DateTimeOffset.UnixEpoch, cancellation)),
        On<WaysInRemoval>("RemoveAddedSinceAsync", (removal, context, cancellation) =>
            removal.RemoveAddedSinceAsync(context, new AuditEntry(AuditKind.ReportedNotMe, 1), 1, DateTimeOffset.UnixEpoch, cancellation)),
        On<WaysInRemoval>("RemoveOthersAsync", (removal, context, cancellation) => removal.RemoveOthersAsync(context, 1, AuditOrigin.Unknown, cancellation)),
        On<AddressProof>("IsMissingAsync", (_, context, cancellation) => AddressProof.IsMissingAsync(context, 1, cancellation)),
        On<AddressProof>("IsReplacementAsync", (_, context, cancellation) => AddressProof.IsReplacementAsync(context, 1, cancellation)),
        On<IdentityService>("ReadAsync", (identities, context, cancellation) => identities.ReadAsync(context, Asker, cancellation)),
        On<ExternalLinks>("WhyNotAsync", (_, context, cancellation) => ExternalLinks.WhyNotAsync(context, 1, Proof, cancellation)),
        On<ExternalLinks>("AddAsync", (links, context, cancellation) => links.AddAsync(context, Ada(), Proof, AuditOrigin.Unknown, "a", cancellation)),
        new("ExternalSignInService.FindUserIdAsync", (services, cancellation) =>
            ExternalSignInService.FindUserIdAsync(services.GetRequiredService<PortalDbContext>(), Proof, cancellation)),
        new("ProviderLogout.EndAsync", (services, cancellation) => ActivatorUtilities.CreateInstance<ProviderLogout>(services)
            .EndAsync("example", new ProviderLogout.Verified(null, "once", DateTimeOffset.UnixEpoch, "subject", "there"), cancellation)),
        new("FailedProviderSignIns.NoteAsync", (services, _) => services.GetRequiredService<FailedProviderSignIns>()
            .NoteAsync(new DefaultHttpContext { RequestServices = services }, ExternalPurpose.SignIn, ExternalRefusal.NoAccount)),
        On<VouchedSessions>("ApplyAsync", async (sessions, context, cancellation) =>
            _ = await VouchedSessions.HasAsync(context, 1, "example", "subject", cancellation)),
        On<AccountErasure>("EraseAsync", (erasure, context, cancellation) => erasure.EraseAsync(
            context, Ada(), new AuditEntry(AuditKind.AccountDeleted, 1) { ActorId = 2 }, new MailOccasion(DateTimeOffset.UnixEpoch, null, null, null), cancellation)),
    ];

    private static ExternalProof Proof => new() { Provider = "example", Subject = "subject", Departure = "departure" };

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

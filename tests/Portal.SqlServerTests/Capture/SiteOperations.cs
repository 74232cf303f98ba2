using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.SqlServerTests.Capture;

/// <summary>What operators do about domains, identities, mails and the log, with arguments that get through.</summary>
internal static class SiteOperations
{
    private static readonly ListWindow Further = new() { After = Place("""{"Key":"b.example","Id":1}""") };

    private static readonly AuditFilter Everything = new()
    {
        Kinds = [AuditKind.SignedIn, AuditKind.SignedOut],
        SubjectId = 1,
        ActorId = 2,
        From = DateTimeOffset.UnixEpoch,
        To = DateTimeOffset.MaxValue,
        Address = "192.0.2.1",
    };

    private static readonly AuditFilter InSpan = Everything with { SubjectId = null, ActorId = null, Address = null };

    public static IReadOnlyList<CapturedOperation> All =>
    [
        .. Enum.GetValues<DomainSort>().Select(sort => On<IDomainAdmin>($"DomainLists.ListAsync by {sort}", (domains, cancellation) =>
            domains.ListAsync(new DomainFilter { Search = "ex", Status = "new", IsFlagged = true, CategoryId = 1, OrganisationId = 1 }, sort, true, new ListWindow { IsLast = true }, cancellation))),
        On<IDomainAdmin>("DomainLists.ListAsync, further", (domains, cancellation) => domains.ListAsync(new DomainFilter(), DomainSort.Name, false, Further, cancellation)),
        On<IDomainAdmin>("DomainLists.ListAsync by users, further", (domains, cancellation) =>
            domains.ListAsync(new DomainFilter(), DomainSort.Users, false, new ListWindow { After = Place("""{"Key":3,"Id":1}""") }, cancellation)),
        On<IDomainAdmin>("DomainLists.FindAsync", (domains, cancellation) => domains.FindAsync("example.org", cancellation)),
        On<IDomainAdmin>("DomainReach.PreviewAsync, blocked", (domains, cancellation) => domains.PreviewAsync("example.org", "blocked", cancellation)),
        On<IDomainAdmin>("DomainReach.PreviewAsync, verified", (domains, cancellation) => domains.PreviewAsync("example.org", "verified", cancellation)),
        On<IDomainAdmin>("DomainAdmin.CreateAsync", (domains, cancellation) => domains.CreateAsync("example.org", Operator.CommandLine, cancellation)),
        .. new[] { "new", "verified", "blocked" }.Select(status => On<IDomainAdmin>($"DomainAdmin.SetAsync to {status}", (domains, cancellation) =>
            domains.SetAsync("example.org", status, Operator.CommandLine, cancellation))),
        On<IDomainAdmin>("DomainChanges.WriteAsync", (domains, cancellation) =>
            domains.EditAsync("example.org", new DomainEdit { CategoryId = 1, OrganisationId = 1, IsFlagged = true, FlagSource = "a list" }, Operator.CommandLine, cancellation)),
        On<IDomainAdmin>("DomainChanges.DeleteAsync", (domains, cancellation) => domains.DeleteAsync("example.org", Operator.CommandLine, cancellationToken: cancellation)),
        .. new[] { EmailDomainStatus.Blocked, EmailDomainStatus.Verified }.Select(decided => On<DomainPeople>($"DomainPeople.ObeyAsync, {decided}", (people, cancellation) =>
            people.ObeyAsync("example.org", decided, Operator.CommandLine, progress: null, cancellation))),
        On<DomainPeople>("DomainPeople.ResumeAsync", (people, cancellation) => people.ResumeAsync("example.org", 1, Operator.CommandLine, cancellation)),
        On<BrokenBlocks>("BrokenBlocks.ResumeAsync", (blocks, cancellation) => blocks.ResumeAsync(cancellation)),
        On<IDomainLabelAdmin>("DomainLabelAdmin.AddCategoryAsync", (labels, cancellation) => labels.AddCategoryAsync("school", Operator.CommandLine, cancellation)),
        On<IDomainLabelAdmin>("DomainLabelAdmin.DeleteCategoryAsync", (labels, cancellation) => labels.DeleteCategoryAsync(1, Operator.CommandLine, cancellation)),
        On<IDomainLabelAdmin>("DomainLabelAdmin.AddOrganisationAsync", (labels, cancellation) => labels.AddOrganisationAsync(new("A", 2, "https://ror.org/1"), Operator.CommandLine, cancellation)),
        On<IDomainLabelAdmin>("DomainLabelAdmin.EditOrganisationAsync", (labels, cancellation) => labels.EditOrganisationAsync(1, new("A"), Operator.CommandLine, cancellation)),
        On<IDomainLabelAdmin>("DomainLabelAdmin.DeleteOrganisationAsync", (labels, cancellation) => labels.DeleteOrganisationAsync(1, Operator.CommandLine, cancellation)),
        .. new[] { "0000", "12", "one@example.org" }.Select(search => On<IIdentityAdmin>($"IdentityAdmin.ListAsync of {search}", (identities, cancellation) =>
            identities.ListAsync(new IdentityFilter { Search = search, Method = "oidc" }, IdentitySort.ExternalId, true, new ListWindow { IsLast = true }, cancellation))),
        On<IIdentityAdmin>("IdentityAdmin.DeleteAsync", (identities, cancellation) => identities.DeleteAsync("a", Operator.CommandLine, cancellation)),
        On<IMailAdmin>("MailAdmin.ListAsync", (mails, cancellation) =>
            mails.ListAsync(OutboxMailState.Retrying, "example", new ListWindow { After = Place("""{"Key":2,"Id":2}""") }, cancellation)),
        On<IMailAdmin>("MailAdmin.RetryAsync", (mails, cancellation) => mails.RetryAsync(1, Operator.CommandLine, cancellation)),
        On<IMailAdmin>("MailAdmin.DropAsync", (mails, cancellation) => mails.DropAsync(1, Operator.CommandLine, cancellation)),
        On<IEventAdmin>("EventAdmin.ListAsync", (events, cancellation) => events.ListAsync(Everything, new ListWindow { After = Place("""{"Key":2,"Id":2}""") }, cancellation)),
        On<IEventAdmin>("EventAdmin.ListAsync of an address", (events, cancellation) => events.ListAsync(Everything with { SubjectId = null }, new ListWindow(), cancellation)),
        .. new[] { InSpan, InSpan with { Kinds = [AuditKind.SignedIn] }, InSpan with { Kinds = null } }.Select(filter => On<IEventAdmin>($"EventAdmin.ListAsync by time of {filter.Kinds?.Count ?? 0} kinds", (events, cancellation) =>
            events.ListAsync(filter, new ListWindow { After = Place("""{"Key":"2026-01-01T00:00:00+00:00","Id":2}""") }, cancellation))),
        On<IEventAdmin>("EventAdmin.ExportAsync", async (events, cancellation) =>
        {
            if (await events.ExportAsync(Everything, EventExportFormat.Csv, Operator.CommandLine, cancellation) is EventExportOutcome.Ready ready)
            {
                await ready.WriteAsync(Stream.Null, cancellation);
            }
        }),
    ];

    private static string Place(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static CapturedOperation On<TDoor>(string name, Func<TDoor, CancellationToken, Task> run)
        where TDoor : notnull => new(name, (services, cancellation) => run(services.GetRequiredService<TDoor>(), cancellation));
}

using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Transfer;

namespace Portal.SqlServerTests.Capture;

/// <summary>What a file of users asks. Rows themselves go by bulk copy, which needs a real connection: an import or a copy does not finish here.</summary>
internal static class TransferOperations
{
    public static IReadOnlyList<CapturedOperation> All =>
    [
        Import("a user", """{"id": 5, "email": "new@example.org", "username": "somebody", "active": false, "identities": [{"method": "orcid", "external_id": "1"}]}"""),
        Import("a role", """{"role": "curators"}""", "ImportTransaction.WriteAsync"),
        Import("a category", """{"category": "archive"}"""),
        Import("organisations", """{"organisation": "University", "number": 1, "identifier": "https://ror.org/1"}"""),
        Import("a user with a passkey", """{"email": "new@example.org", "passkey_handle": "h", "passkeys": [{"name": "a", "credential_id": "AQ==", "public_key": "Ag=="}]}"""),
        new("ExportedFactors.AddAsync", async (services, cancellation) => await services.GetRequiredService<ExportedFactors>().AddAsync(
            services.GetRequiredService<PortalDbContext>(), [new UserRecord { Id = 1 }], withSecrets: true, cancellation)),
        Import("a domain", """{"domain": "example.org", "status": "blocked", "category": "company"}"""),
        new("DatabaseCopy.CopyAsync, into a file", CopyAsync, MustFinish: false),
        Context("LastUserIdAsync", (context, cancellation) => context.LastUserIdAsync(cancellation)),
        Context("LastNumberAsync", (context, cancellation) => context.LastNumberAsync("Users", cancellation)),
        Context("ContinueNumbersAsync", (context, cancellation) => context.ContinueNumbersAsync("Users", 5, cancellation)),
    ];

    private static CapturedOperation Import(string what, string line, string name = "TransferAdmin.ImportAsync") => new(
        $"{name}, {what}",
        async (services, cancellation) =>
        {
            using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(line));
            await services.GetRequiredService<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { KeepsIds = true }, cancellation);
        },
        MustFinish: false);

    private static async Task CopyAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("portal-copy-");
        try
        {
            await services.GetRequiredService<ITransferAdmin>().CopyAsync(
                DatabaseProvider.Sqlite, $"Data Source={Path.Combine(folder.FullName, "copy.db")};Pooling=False", cancellationToken: cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CapturedOperation Context(string method, Func<PortalDbContext, CancellationToken, Task> run) =>
        new($"PortalDbContext.{method}", (services, cancellation) => run(services.GetRequiredService<PortalDbContext>(), cancellation));
}

using System.IO.Pipelines;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Profiles;

/// <summary>Writes everything held about a person as one JSON document, section by section.</summary>
/// <remarks>
/// Each piece is read whole and its connection given back before it is written: a slow receiver holds nothing. Members are
/// called as their columns, in snake_case. Secrets and what only the portal's working needs are left out; a test lists
/// each such column with its reason.
/// </remarks>
internal sealed class AccountExport(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, IOptions<PortalOptions> portal)
{
    private const int EventsAtOnce = 500;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private static readonly JsonWriterOptions Layout = new() { Indented = true, Encoder = Encoder };

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = Encoder };

    private static readonly (string Name, Func<PortalDbContext, SessionAsker, CancellationToken, Task<object?>> Read)[] Sections =
    [
        ("account", ExportedRows.AccountAsync),
        ("profile", ExportedRows.ProfileAsync),
        ("preferences", ExportedRows.PreferencesAsync),
        ("picture", ExportedRows.PictureAsync),
        ("roles", ExportedRows.RolesAsync),
        ("sign_ins", ExportedRows.SignInsAsync),
        ("sessions", ExportedRows.SessionsAsync),
        ("identities", ExportedRows.IdentitiesAsync),
        ("passkeys", ExportedRows.PasskeysAsync),
        ("authenticator", ExportedRows.AuthenticatorAsync),
        ("recovery_codes", ExportedRows.RecoveryCodesAsync),
        ("trusted_browsers", ExportedRows.TrustedBrowsersAsync),
        ("claims", ExportedRows.ClaimsAsync),
        ("tokens", ExportedRows.TokensAsync),
        ("links", ExportedRows.LinksAsync),
        ("mails", ExportedRows.MailsAsync),
    ];

    public async Task WriteAsync(SessionAsker asker, Stream target, CancellationToken cancellationToken)
    {
        // Between writer and target: the serialiser writes through at once, which a response refuses.
        var pipe = PipeWriter.Create(target, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(pipe, Layout);
        json.WriteStartObject();
        json.WriteString("site", portal.Value.SiteName);
        json.WriteString("exported_at", time.GetUtcNow());
        foreach (var (name, read) in Sections)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, await ReadAsync(context => read(context, asker, cancellationToken), cancellationToken), Names);
            await pipe.FlushAsync(cancellationToken);
        }

        foreach (var (name, which, shape) in EventsOf(asker.UserId))
        {
            json.WriteStartArray(name);
            await foreach (var batch in BatchesAsync(which, cancellationToken))
            {
                batch.ForEach(row => JsonSerializer.Serialize(json, shape(row), Names));
                await pipe.FlushAsync(cancellationToken);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await pipe.FlushAsync(cancellationToken);
    }

    /// <summary>What happened to the account, and what its person did elsewhere.</summary>
    private static (string Name, Expression<Func<AuditEvent, bool>> Which, Func<AuditEvent, object> Shape)[] EventsOf(long id) =>
    [
        ("events", row => row.SubjectId == id, row => ExportedEvents.About(row, id)),
        ("actions", row => row.ActorId == id && (row.SubjectId == null || row.SubjectId != id), ExportedEvents.Elsewhere),
    ];

    private async Task<T> ReadAsync<T>(Func<PortalDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(context);
    }

    /// <summary>Events, the oldest first: they alone can be many.</summary>
    private async IAsyncEnumerable<List<AuditEvent>> BatchesAsync(
        Expression<Func<AuditEvent, bool>> which, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        List<AuditEvent> batch;
        do
        {
            batch = await ReadAsync(
                context => context.AuditEvents.AsNoTracking().Where(which).Where(row => row.Id > after)
                    .OrderBy(row => row.Id).Take(EventsAtOnce).ToListAsync(cancellationToken),
                cancellationToken);
            after = batch.Count > 0 ? batch[^1].Id : after;
            yield return batch;
        }
        while (batch.Count == EventsAtOnce);
    }
}

using System.Buffers.Text;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Profiles;

internal sealed partial class PasskeyService(
    IDbContextFactory<PortalDbContext> contexts,
    NewPasskeys added,
    OwnPasskeys own,
    WaysIn ways,
    RecentAuthentication recent,
    PasskeyCeremonies ceremonies,
    AuditLog audit,
    ILogger<PasskeyService> logger) : IPasskeyService
{
    private static readonly FieldError Nameless = new("Name", $"Give it a name of 1 to {PasskeyList.MaxNameLength} characters, such as the device it is on.");

    public async Task<PasskeyList?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await OwnAccount.Of(context, asker).AnyAsync(cancellationToken))
        {
            return null;
        }

        var owner = await PasskeyOwner.FindAsync(context, asker.UserId, cancellationToken);
        return owner is null
            ? new PasskeyList([], null)
            : new PasskeyList(
                [.. owner.Rows.Select(OwnPasskeys.InfoOf).OrderBy(passkey => passkey.CreatedAt).ThenBy(passkey => passkey.Id, StringComparer.Ordinal)],
                new PasskeySignal(
                    ceremonies.RelyingParty,
                    // The framework gives the browser the handle's letters as bytes.
                    Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(owner.Handle)),
                    owner.Name,
                    owner.DisplayName,
                    [.. owner.Rows.Select(row => Base64Url.EncodeToString(row.CredentialId))]));
    }

    public Task<PasskeyOutcome> BeginAddingAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => added.BeginAsync(person, cancellationToken);

    public Task<PasskeyOutcome> AddAsync(ClaimsPrincipal person, string ticket, string answer, bool endOthers, CancellationToken cancellationToken) =>
        added.AddAsync(person, ticket, answer, endOthers, cancellationToken);

    public async Task<PasskeyOutcome> RenameAsync(ClaimsPrincipal person, string id, string? name, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new PasskeyOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new PasskeyOutcome.Impersonating();
        }

        if (TypedText.Normalize(name) is not { Length: > 0 and <= PasskeyList.MaxNameLength } typed || typed.Any(char.IsControl))
        {
            return new PasskeyOutcome.Invalid(Nameless);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new PasskeyOutcome.Gone();
        }

        if (await context.UserPasskeys.SingleOrDefaultAsync(passkey => passkey.Id == id && passkey.UserId == user.Id, cancellationToken) is not { } row)
        {
            return new PasskeyOutcome.Missing();
        }

        if (row.Data.Name == typed)
        {
            return new PasskeyOutcome.Done(OwnPasskeys.InfoOf(row), 0);
        }

        var before = row.Data.Name;
        row.Data.Name = typed;
        await audit.AddAsync(context, new AuditEntry(AuditKind.PasskeyRenamed, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Details = new Dictionary<string, object?> { ["before"] = before, ["after"] = typed },
        }, cancellationToken);
        await own.CommitAsync(context, user.Id, [], cancellationToken);
        return new PasskeyOutcome.Done(OwnPasskeys.InfoOf(row), 0);
    }

    public async Task<PasskeyOutcome> RemoveAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new PasskeyOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new PasskeyOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new PasskeyOutcome.Gone();
        }

        if (await context.UserPasskeys.SingleOrDefaultAsync(passkey => passkey.Id == id && passkey.UserId == user.Id, cancellationToken) is not { } row)
        {
            return new PasskeyOutcome.Missing();
        }

        if (!await ways.RemainWithoutPasskeyAsync(context, user.Id, id, cancellationToken))
        {
            return new PasskeyOutcome.LastWayIn();
        }

        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new PasskeyOutcome.NeedsRecentAuthentication();
        }

        var info = OwnPasskeys.InfoOf(row);
        context.UserPasskeys.Remove(row);
        var ended = await own.NoteAsync(context, user, asker, AuditKind.PasskeyRemoved, info.Name, endOthers, cancellationToken);
        var count = await own.CommitAsync(context, user.Id, ended, cancellationToken);
        Log.Removed(logger, user.Id, id, count);
        return new PasskeyOutcome.Done(info, count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} removed passkey {PasskeyId}; {Count} other sessions ended.")]
        public static partial void Removed(ILogger logger, long userId, string passkeyId, int count);
    }
}

using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <remarks>
/// Decoding a large file takes a processor and up to 200 MB for a second, so one runs at a time; it runs outside any
/// transaction.
/// </remarks>
internal sealed partial class PictureService(
    IDbContextFactory<PortalDbContext> contexts,
    AttemptLimiter limiter,
    AuditLog audit,
    AccountEvents events,
    TimeProvider time,
    IOptions<RateLimitsOptions> limits,
    ILogger<PictureService> logger) : IPictureService, IDisposable
{
    private readonly SemaphoreSlim decoding = new(1);
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Picture)!;

    public async Task<PictureOutcome> SaveAsync(ClaimsPrincipal person, Stream file, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new PictureOutcome.Gone();
        }

        // Before the file is read: many at once must not all slip through.
        var (receipt, retryAfter) = limiter.TryCount(($"picture:{asker.UserId}", limit));
        if (receipt is null)
        {
            return new PictureOutcome.Throttled(retryAfter);
        }

        PictureOutcome? outcome = null;
        try
        {
            return outcome = await SaveAsync(asker, file, cancellationToken);
        }
        finally
        {
            if (outcome is not PictureOutcome.Saved)
            {
                receipt.GiveBack();
            }
        }
    }

    public async Task<PictureOutcome> RemoveAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SessionAsker.Of(person) is { } asker
            ? await ChangeAsync(asker, async (context, picture) =>
            {
                if (picture is not null)
                {
                    context.Pictures.Remove(picture);
                    await AuditAsync(context, asker, "removed", cancellationToken);
                }

                return null;
            }, cancellationToken)
            : new PictureOutcome.Gone();

    public async Task<PictureInfo?> FindAsync(ClaimsPrincipal person, string version, CancellationToken cancellationToken)
    {
        if (person.UserId() is not { } userId || version.Length > PortalDbContext.Lengths.Word)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Pictures
            .Where(picture => picture.UserId == userId && picture.Version == version)
            .Select(picture => new { picture.Content, picture.ContentType })
            .SingleOrDefaultAsync(cancellationToken) is { } found
            ? new PictureInfo(found.Content, found.ContentType)
            : null;
    }

    public void Dispose() => decoding.Dispose();

    private async Task<PictureOutcome> SaveAsync(SessionAsker asker, Stream file, CancellationToken cancellationToken)
    {
        if (await ReadAsync(file, cancellationToken) is not { } bytes)
        {
            return new PictureOutcome.Refused("This file is larger than 5 MB. Choose a smaller one.");
        }

        var (content, fault) = await MakeAsync(bytes, cancellationToken);
        if (content is null)
        {
            return new PictureOutcome.Refused(fault!);
        }

        return await ChangeAsync(asker, async (context, picture) =>
        {
            if (picture is null)
            {
                picture = new UserPicture { UserId = asker.UserId, Content = content, ContentType = SquarePicture.ContentType, Version = "" };
                context.Pictures.Add(picture);
            }

            (picture.Content, picture.ContentType) = (content, SquarePicture.ContentType);
            (picture.Version, picture.UpdatedAt) = (Guid.CreateVersion7().ToString("N"), time.GetUtcNow());
            await AuditAsync(context, asker, "set", cancellationToken);
            return picture.Version;
        }, cancellationToken);
    }

    /// <summary>The whole file; null when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (memory.Length + read > IPictureService.MaxBytes)
            {
                return null;
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private async Task<(byte[]? Content, string? Fault)> MakeAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        await decoding.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => SquarePicture.Of(bytes), cancellationToken);
        }
        finally
        {
            decoding.Release();
        }
    }

    /// <summary>One change in a transaction that holds the user's row. It answers the version there is afterwards.</summary>
    private async Task<PictureOutcome> ChangeAsync(
        SessionAsker asker, Func<PortalDbContext, UserPicture?, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await OwnAccount.Of(context, asker).TakeAsync(cancellationToken))
        {
            return new PictureOutcome.Gone();
        }

        var picture = await context.Pictures.SingleOrDefaultAsync(row => row.UserId == asker.UserId, cancellationToken);
        var version = await change(context, picture);
        if (!context.ChangeTracker.HasChanges())
        {
            return new PictureOutcome.Saved(version);
        }

        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        Log.Changed(logger, asker.UserId, version);
        return new PictureOutcome.Saved(version);
    }

    private Task AuditAsync(PortalDbContext context, SessionAsker asker, string what, CancellationToken cancellationToken) =>
        audit.AddAsync(context, new AuditEntry(AuditKind.PictureChanged, asker.UserId)
        {
            ActorId = asker.UserId,
            SessionId = asker.SessionId,
            Details = new Dictionary<string, object?> { ["picture"] = what },
        }, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The picture of user {UserId} is now {Version}; null is none.")]
        public static partial void Changed(ILogger logger, long userId, string? version);
    }
}

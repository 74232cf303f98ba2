using System.Buffers.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passkeys;

/// <summary>Holds answers against what the portal knows, and takes each once.</summary>
/// <remarks>
/// Two steps. <see cref="LookAtAsync"/> works the signature out, outside any transaction. <see cref="TakeAsync"/> stands in
/// the transaction of what was asked for, behind the person's row, and looks at what may have changed meanwhile: the passkey
/// is still theirs, the answer was not taken before, the counter runs on.
/// </remarks>
internal sealed partial class PasskeyProofs(
    PasskeyTickets tickets, PasskeyCeremonies ceremonies, PasskeySeals seals, TimeProvider time, ILogger<PasskeyProofs> logger)
{
    /// <summary>Asks for any passkey of a person, or, for null, of whoever it is.</summary>
    public async Task<PasskeyPrompt> AskAsync(PasskeyPurpose purpose, string binding, PasskeyOwner? owner)
    {
        var (options, state) = await ceremonies.AskAsync(owner);
        return new PasskeyPrompt(options, tickets.Write(purpose, state, binding));
    }

    /// <summary>What an answer is worth. Changes nothing.</summary>
    /// <param name="context">Reads only.</param>
    /// <param name="purpose">What it was asked for.</param>
    /// <param name="binding">What the question was bound to, as it is now.</param>
    /// <param name="ticket">The question, as the page gave it back.</param>
    /// <param name="answer">The credential as JSON, as the browser made it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<PasskeyVerdict> LookAtAsync(
        PortalDbContext context, PasskeyPurpose purpose, string? binding, string? ticket, string? answer, CancellationToken cancellationToken)
    {
        if (tickets.Read(purpose, ticket, binding) is not { } asked)
        {
            return Refuse(PasskeyRefusal.Expired, null, "the question is not open here");
        }

        if (CredentialIdIn(answer) is not { } credentialId)
        {
            return Refuse(PasskeyRefusal.Rejected, null, "it is unreadable");
        }

        var userId = await context.UserPasskeys.Where(row => row.CredentialId == credentialId).Select(row => (long?)row.UserId).SingleOrDefaultAsync(cancellationToken);
        if (userId is null || await PasskeyOwner.FindAsync(context, userId.Value, cancellationToken) is not { } owner)
        {
            return Refuse(PasskeyRefusal.Unknown, null, "nobody has that passkey");
        }

        var row = owner.Rows.First(passkey => passkey.CredentialId.AsSpan().SequenceEqual(credentialId));
        if (!seals.Holds(row))
        {
            return Refuse(PasskeyRefusal.Altered, userId, "its row was not written by the portal");
        }

        var (passkey, fault) = await ceremonies.LookAtAsync(owner, asked.State, answer!);
        return passkey is null
            ? Refuse(PasskeyRefusal.Rejected, userId, fault)
            : new PasskeyVerdict.Proven(new PasskeyProof(owner.UserId, row.Id, credentialId, passkey.SignCount, passkey.IsBackupEligible, passkey.IsBackedUp, asked));
    }

    /// <summary>Takes an answer that holds. Null when it counts; else why not, with nothing changed.</summary>
    /// <param name="context">With a transaction that has the person's row. Saved by the caller.</param>
    /// <param name="proof">What it proves.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<PasskeyRefusal?> TakeAsync(PortalDbContext context, PasskeyProof proof, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = await context.UserPasskeys.SingleOrDefaultAsync(
            passkey => passkey.CredentialId == proof.CredentialId && passkey.UserId == proof.UserId, cancellationToken);
        if (row is null)
        {
            return PasskeyRefusal.Unknown;
        }

        var hash = proof.Ticket.Hash();
        if (await context.OneTimeTokens.AnyAsync(taken => taken.TokenHash == hash, cancellationToken))
        {
            Log.Replayed(logger, proof.UserId, row.Id);
            return PasskeyRefusal.Replayed;
        }

        // Zero on both sides: it keeps no counter, as those that are synced do not (WebAuthn level 3, section 6.1.1).
        if ((proof.SignCount > 0 || row.Data.SignCount > 0) && proof.SignCount <= row.Data.SignCount)
        {
            Log.Copied(logger, proof.UserId, row.Id, row.Data.SignCount, proof.SignCount);
            return PasskeyRefusal.Copied;
        }

        (row.Data.SignCount, row.Data.IsBackedUp, row.LastUsedAt) = (proof.SignCount, proof.IsBackedUp, now);
        context.OneTimeTokens.Add(proof.Ticket.AsTaken(proof.UserId, now));
        return null;
    }

    /// <summary>The id of the credential that an answer is from; null when it is no answer.</summary>
    internal static byte[]? CredentialIdIn(string? answer)
    {
        if (answer is not { Length: > 0 and <= PasskeyCeremonies.MaxAnswerLength })
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String
                && id.GetString() is { Length: > 0 } text && Base64Url.IsValid(text)
                    ? Base64Url.DecodeFromChars(text)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private PasskeyVerdict.Refused Refuse(PasskeyRefusal reason, long? userId, string? why)
    {
        Log.Refused(logger, userId, reason, why);
        return new PasskeyVerdict.Refused(reason, userId);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A passkey's answer was refused as {Reason}, because {Why}; the passkey is user {UserId}'s, or nobody's.")]
        public static partial void Refused(ILogger logger, long? userId, PasskeyRefusal reason, string? why);

        [LoggerMessage(2, LogLevel.Warning, "An answer of user {UserId}'s passkey {PasskeyId} came a second time and was refused.")]
        public static partial void Replayed(ILogger logger, long userId, string passkeyId);

        [LoggerMessage(3, LogLevel.Warning, "The counter of user {UserId}'s passkey {PasskeyId} went from {Known} to {Told}: it may have been copied. Refused.")]
        public static partial void Copied(ILogger logger, long userId, string passkeyId, uint known, uint told);
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Profiles;

/// <summary>Makes a passkey one of a person's: asks for it, and takes the device's answer.</summary>
internal sealed partial class NewPasskeys(
    IDbContextFactory<PortalDbContext> contexts,
    PasskeyCeremonies ceremonies,
    PasskeyTickets tickets,
    PasskeySeals seals,
    OwnPasskeys own,
    RecentAuthentication recent,
    TimeProvider time,
    ILogger<NewPasskeys> logger)
{
    private const int HandleBytes = 32;

    /// <summary>What the browser is to ask a device for.</summary>
    public async Task<PasskeyOutcome> BeginAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
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
        if (!await OwnAccount.Of(context, asker).AnyAsync(cancellationToken))
        {
            return new PasskeyOutcome.Gone();
        }

        if (await context.UserPasskeys.CountAsync(row => row.UserId == asker.UserId, cancellationToken) >= PasskeyList.MaxPasskeys)
        {
            return new PasskeyOutcome.Full();
        }

        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new PasskeyOutcome.NeedsRecentAuthentication();
        }

        // Once, and of two tabs at once the first one's.
        var handle = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(HandleBytes));
        await context.Users.Where(user => user.Id == asker.UserId && user.PasskeyHandle == null)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.PasskeyHandle, handle), cancellationToken);
        if (await PasskeyOwner.FindAsync(context, asker.UserId, cancellationToken) is not { } owner)
        {
            return new PasskeyOutcome.Gone();
        }

        var (options, state) = await ceremonies.AskForNewAsync(owner);
        return new PasskeyOutcome.Ready(new PasskeyPrompt(options, tickets.Write(PasskeyPurpose.Add, state, asker.SessionId)));
    }

    /// <summary>Takes the answer.</summary>
    public async Task<PasskeyOutcome> AddAsync(ClaimsPrincipal person, string ticket, string answer, bool endOthers, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new PasskeyOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new PasskeyOutcome.Impersonating();
        }

        if (tickets.Read(PasskeyPurpose.Add, ticket, asker.SessionId) is not { } asked)
        {
            return new PasskeyOutcome.Refused(PasskeyRefusal.Expired);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await PasskeyOwner.FindAsync(context, asker.UserId, cancellationToken) is not { } owner)
        {
            return new PasskeyOutcome.Gone();
        }

        if (PasskeyProofs.CredentialIdIn(answer) is not { } credentialId)
        {
            return new PasskeyOutcome.Refused(PasskeyRefusal.Rejected);
        }

        if (await context.UserPasskeys.AnyAsync(row => row.CredentialId == credentialId, cancellationToken))
        {
            return new PasskeyOutcome.Taken();
        }

        var (made, fault) = await ceremonies.LookAtNewAsync(owner, asked.State, answer);
        if (made is null)
        {
            Log.Refused(logger, asker.UserId, fault);
            return new PasskeyOutcome.Refused(PasskeyRefusal.Rejected);
        }

        try
        {
            return await KeepAsync(context, asker, asked, made, AuthenticatorNames.In(answer), endOthers, cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Another request brought the same one, or the same answer.
            return new PasskeyOutcome.Taken();
        }
    }

    private async Task<PasskeyOutcome> KeepAsync(
        PortalDbContext context, SessionAsker asker, PasskeyTicket asked, UserPasskeyInfo made, string? keeper, bool endOthers, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new PasskeyOutcome.Gone();
        }

        var names = (await context.UserPasskeys.AsNoTracking().Where(row => row.UserId == user.Id).ToListAsync(cancellationToken)).ConvertAll(row => row.Data.Name);
        if (names.Count >= PasskeyList.MaxPasskeys)
        {
            return new PasskeyOutcome.Full();
        }

        var (now, hash) = (time.GetUtcNow(), asked.Hash());
        if (await context.OneTimeTokens.AnyAsync(taken => taken.TokenHash == hash, cancellationToken))
        {
            return new PasskeyOutcome.Refused(PasskeyRefusal.Replayed);
        }

        var row = new UserPasskey
        {
            UserId = user.Id,
            CredentialId = made.CredentialId,
            Data = new()
            {
                Name = NameFor(keeper ?? await BrowserOfAsync(context, asker, cancellationToken), names),
                CreatedAt = now,
                PublicKey = made.PublicKey,
                SignCount = made.SignCount,
                Transports = made.Transports,
                IsUserVerified = made.IsUserVerified,
                IsBackupEligible = made.IsBackupEligible,
                IsBackedUp = made.IsBackedUp,
                // Held against the rules above and never again: what is not kept cannot leak.
                AttestationObject = [],
                ClientDataJson = [],
            },
        };
        row.Seal = seals.Of(row);
        context.UserPasskeys.Add(row);
        context.OneTimeTokens.Add(asked.AsTaken(user.Id, now));
        var ended = await own.NoteAsync(context, user, asker, AuditKind.PasskeyAdded, row.Data.Name!, endOthers, cancellationToken);
        var count = await own.CommitAsync(context, user.Id, ended, cancellationToken);
        Log.Added(logger, user.Id, row.Id, count);
        return new PasskeyOutcome.Done(OwnPasskeys.InfoOf(row), count);
    }

    /// <summary>"Firefox on Linux", of the session that asks.</summary>
    private static async Task<string> BrowserOfAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken)
    {
        var session = await context.Sessions.Where(row => row.Id == asker.SessionId).Select(row => new { row.Browser, row.Os }).SingleAsync(cancellationToken);
        return new AgentInfo(session.Browser ?? AgentInfo.Unknown, null, session.Os ?? AgentInfo.Unknown, DeviceClass.Unknown).Describe();
    }

    /// <summary>The name itself, or with the first number that none of theirs has.</summary>
    private static string NameFor(string what, IReadOnlyCollection<string?> names) =>
        Enumerable.Range(1, names.Count + 1)
            .Select(number => number == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"{what} {number}"))
            .First(name => !names.Contains(name));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} added passkey {PasskeyId}; {Count} other sessions ended.")]
        public static partial void Added(ILogger logger, long userId, string passkeyId, int count);

        [LoggerMessage(2, LogLevel.Information, "A new passkey of user {UserId} was refused: {Why}")]
        public static partial void Refused(ILogger logger, long userId, string? why);
    }
}

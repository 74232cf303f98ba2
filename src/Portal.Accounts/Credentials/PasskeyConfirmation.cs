using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

internal sealed class PasskeyConfirmation(
    IDbContextFactory<PortalDbContext> contexts,
    PasskeyProofs proofs,
    AttemptLimiter limiter,
    AuditLog audit,
    RequestOrigins origins,
    IOptions<RateLimitsOptions> limits) : IPasskeyConfirmation
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<bool> IsPossibleAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || person.IsImpersonated())
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.UserPasskeys.AnyAsync(passkey => passkey.UserId == asker.UserId, cancellationToken);
    }

    public async Task<PasskeyPrompt?> BeginAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(http.User) is not { } asker || http.User.IsImpersonated())
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await PasskeyOwner.FindAsync(context, asker.UserId, cancellationToken) is { Rows.Count: > 0 } owner
            ? await proofs.AskAsync(PasskeyPurpose.Confirm, asker.SessionId, owner)
            : null;
    }

    public async Task<PasskeyConfirmationOutcome> ConfirmAsync(HttpContext http, string? ticket, string? answer, CancellationToken cancellationToken)
    {
        http.DemandResponse();

        if (http.User.IsImpersonated())
        {
            return new PasskeyConfirmationOutcome.Impersonating();
        }

        if (SessionAsker.Of(http.User) is not { } asker)
        {
            return new PasskeyConfirmationOutcome.Gone();
        }

        // Nobody guesses a signature: the count keeps the log from being filled.
        var key = FormattableString.Invariant($"passkey:{asker.UserId}");
        var (receipt, retryAfter) = limiter.TryCount((key, limit));
        if (receipt is null)
        {
            return new PasskeyConfirmationOutcome.Throttled(retryAfter);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var verdict = await proofs.LookAtAsync(context, PasskeyPurpose.Confirm, asker.SessionId, ticket, answer, cancellationToken);
        PasskeyRefusal? reason;
        try
        {
            reason = verdict switch
            {
                PasskeyVerdict.Proven proven when proven.Proof.UserId == asker.UserId => await TakeAsync(http, proven.Proof, asker),
                PasskeyVerdict.Refused refused => refused.Reason,
                _ => PasskeyRefusal.Unknown,
            };
        }
        catch (InactiveUserException)
        {
            return new PasskeyConfirmationOutcome.Gone();
        }

        if (reason is PasskeyRefusal.Expired)
        {
            // Nobody tried anything: a page was open for long.
            receipt.GiveBack();
            return new PasskeyConfirmationOutcome.Refused(PasskeyRefusal.Expired);
        }

        if (reason is { } refusal)
        {
            await audit.AddAsync(context, Entry(AuditKind.ConfirmationFailed, asker, http), cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            return new PasskeyConfirmationOutcome.Refused(refusal);
        }

        receipt.GiveBack();
        return new PasskeyConfirmationOutcome.Done();
    }

    /// <summary>Null when the session has its new key.</summary>
    private async Task<PasskeyRefusal?> TakeAsync(HttpContext http, PasskeyProof proof, SessionAsker asker)
    {
        try
        {
            await http.RenewSessionKeyAsync(async (context, session, cancellationToken) =>
            {
                if (await proofs.TakeAsync(context, proof, cancellationToken) is { } refusal)
                {
                    throw new RefusedException(refusal);
                }

                session.Method = SessionMethods.With(session.Method, proof.Methods);
                await audit.AddAsync(context, Entry(AuditKind.Confirmed, asker, http), cancellationToken);
            });
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Reason;
        }
    }

    private AuditEntry Entry(AuditKind kind, SessionAsker asker, HttpContext http) => new(kind, asker.UserId)
    {
        ActorId = asker.UserId,
        SessionId = asker.SessionId,
        Origin = origins.Of(http),
        Details = new Dictionary<string, object?> { ["method"] = "passkey" },
    };

    /// <summary>Leaves the key as it was.</summary>
    private sealed class RefusedException(PasskeyRefusal reason) : Exception
    {
        public PasskeyRefusal Reason => reason;
    }
}

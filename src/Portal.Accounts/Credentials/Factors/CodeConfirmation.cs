using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>Proves once more who somebody is in a running session, by a code in place of the password. From then on the session counts as one with a second factor.</summary>
internal sealed class CodeConfirmation(
    IDbContextFactory<PortalDbContext> contexts,
    FactorCodes codes,
    AttemptLimiter limiter,
    AuditLog audit,
    Outbox outbox,
    RequestOrigins origins,
    IOptions<RateLimitsOptions> limits)
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<SecondFactorOutcome> ConfirmAsync(HttpContext http, string code, CancellationToken cancellationToken)
    {
        http.DemandResponse();

        if (SessionAsker.Of(http.User) is not { } asker)
        {
            return new SecondFactorOutcome.Gone();
        }

        if (http.User.IsImpersonated())
        {
            return new SecondFactorOutcome.Impersonating();
        }

        // Counted with the password's: who is at a running session has so many tries, by whatever means.
        var key = FormattableString.Invariant($"password:{asker.UserId}");
        var (receipt, retryAfter) = limiter.TryCount((key, limit));
        if (receipt is null)
        {
            return new SecondFactorOutcome.Throttled(retryAfter);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            if (await codes.FindAsync(context, asker.UserId, code, cancellationToken) is not { } found || !await TryRenewAsync(http, found))
            {
                return await RefuseAsync(context, asker, origins.Of(http), cancellationToken);
            }
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new SecondFactorOutcome.Throttled(full.RetryAfter);
        }
        catch (InactiveUserException)
        {
            return new SecondFactorOutcome.Gone();
        }

        limiter.Forget(key);
        outbox.Wake();
        return new SecondFactorOutcome.Done([], 0);
    }

    private async Task<bool> TryRenewAsync(HttpContext http, FoundCode found)
    {
        try
        {
            await http.RenewSessionKeyAsync(async (context, session, token) =>
            {
                if (!await codes.SpendAsync(context, session, found, token))
                {
                    throw new SpentException();
                }

                session.Method = SessionMethods.WithCode(session.Method, found.Method);
                await audit.AddAsync(context, new AuditEntry(AuditKind.Confirmed, session.UserId)
                {
                    ActorId = session.UserId,
                    SessionId = session.Id,
                    Origin = origins.Of(http),
                    Details = new Dictionary<string, object?> { ["method"] = found.Method },
                }, token);
            });
            return true;
        }
        catch (SpentException)
        {
            return false;
        }
    }

    private async Task<SecondFactorOutcome> RefuseAsync(PortalDbContext context, SessionAsker asker, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await Authenticators.CountFailureAsync(context, asker.UserId, cancellationToken);
        await audit.AddAsync(context, new AuditEntry(AuditKind.ConfirmationFailed, asker.UserId)
        {
            ActorId = asker.UserId,
            SessionId = asker.SessionId,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["method"] = SessionMethods.Code },
        }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return new SecondFactorOutcome.WrongCode();
    }

    /// <summary>The code is spent.</summary>
    private sealed class SpentException : Exception;
}

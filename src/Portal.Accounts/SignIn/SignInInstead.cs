using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>The last step of a sign-in by somebody who has as many sessions as they may have: one of them ends for it.</summary>
internal sealed class SignInInstead(
    IDbContextFactory<PortalDbContext> contexts,
    PendingSignIns pending,
    FactorCodes codes,
    TrustedBrowsers trusted,
    SessionStart start,
    SessionEnder ender,
    SessionCapacity capacity,
    SessionInfos infos,
    TimeProvider time)
{
    public async Task<IReadOnlyList<SessionInfo>> ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, http, cancellationToken) is not { } waiting)
        {
            return [];
        }

        return [.. (await infos.ReadAsync(SessionCapacity.Counted(context, waiting.Proof.UserId, time.GetUtcNow()), cancellationToken)).OrderBy(session => session.LastSeenAt)];
    }

    public async Task<SignInOutcome> SignInAsync(HttpContext http, string sessionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(context, http, cancellationToken) is not { } waiting)
        {
            pending.Forget(http);
            return new SignInOutcome.NothingWaits();
        }

        IReadOnlyList<AccountEvent.SessionsEnded> ended = [];
        string? trust = null;
        var outcome = await start.BeginAsync(http, waiting.Proof, waiting.Stamp, EndOtherAsync, cancellationToken);
        switch (outcome)
        {
            case SignInOutcome.Succeeded:
                ender.Announce(ended);
                pending.Forget(http);
                if (trust is not null)
                {
                    trusted.Remember(http, trust);
                }

                break;
            case SignInOutcome.WrongCode:
                // Used or taken away meanwhile: what waits is worth nothing any more.
                pending.Forget(http);
                return new SignInOutcome.NothingWaits();
        }

        return outcome;

        async Task<bool> EndOtherAsync(PortalDbContext beginning, UserSession session, CancellationToken token)
        {
            if (!await IsEnoughAsync(beginning, waiting.Wait, token)
                || (waiting.Wait.Code is { } code && !await codes.SpendAsync(beginning, session, code, token))
                || (waiting.Wait.TrustId is { } trustId && !await trusted.UseAsync(beginning, trustId, session, token)))
            {
                return false;
            }

            trust = waiting.Wait.TrustsBrowser ? trusted.Add(beginning, session) : null;
            var chosen = await ender.MarkAsync(
                beginning, SessionFilter.OneOf(session.UserId, sessionId), new SessionEnd(SessionEndReason.Replaced, session.UserId), token);
            ended = chosen.Count == 0 ? [] : [.. chosen, .. await capacity.EndTooManyAsync(beginning, session.UserId, time.GetUtcNow(), token)];
            return true;
        }
    }

    /// <summary>What was proved in this browser, if it still holds; null otherwise.</summary>
    private async Task<(Proof Proof, PendingSignIn Wait, string? Stamp)?> FindAsync(PortalDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (pending.Find(http) is not { IsProved: true } waiting)
        {
            return null;
        }

        return await PendingSignIns.FindPersonAsync(context, waiting, cancellationToken) is { } person && await IsEnoughAsync(context, waiting, cancellationToken)
            ? (new Proof(waiting.UserId, waiting.Methods, waiting.IsPersistent, person.PasswordHash, waiting.Provider), waiting, person.SecurityStamp)
            : null;
    }

    /// <summary>
    /// Whether what was proved is still all that is asked for: neither a factor that was added nor a passkey that was removed
    /// meanwhile renews anything the wait is bound to. A code or a trust that is gone shows when it is spent.
    /// </summary>
    private static async Task<bool> IsEnoughAsync(PortalDbContext context, PendingSignIn waiting, CancellationToken cancellationToken) =>
        (waiting.Methods.Contains(SessionMethods.MultipleFactors) || waiting.TrustId is not null
            || !await Authenticators.HasOneAsync(context, waiting.UserId, cancellationToken))
        && (waiting.PasskeyId is not { } passkey
            || await context.UserPasskeys.AnyAsync(row => row.Id == passkey && row.UserId == waiting.UserId, cancellationToken));
}

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
        var outcome = await start.BeginAsync(http, waiting.Proof, waiting.Stamp, EndOtherAsync, cancellationToken);
        switch (outcome)
        {
            case SignInOutcome.Succeeded:
                ender.Announce(ended);
                pending.Forget(http);
                break;
            case SignInOutcome.WrongCode:
                // Used meanwhile: what waits is worth nothing any more.
                pending.Forget(http);
                return new SignInOutcome.NothingWaits();
        }

        return outcome;

        async Task<bool> EndOtherAsync(PortalDbContext beginning, UserSession session, CancellationToken token)
        {
            if (waiting.Code is { } code && !await codes.SpendAsync(beginning, session, code, token))
            {
                return false;
            }

            var chosen = await ender.MarkAsync(
                beginning, SessionFilter.OneOf(session.UserId, sessionId), new SessionEnd(SessionEndReason.Replaced, session.UserId), token);
            ended = chosen.Count == 0 ? [] : [.. chosen, .. await capacity.EndTooManyAsync(beginning, session.UserId, time.GetUtcNow(), token)];
            return true;
        }
    }

    /// <summary>What was proved in this browser, if it still holds; null otherwise.</summary>
    private async Task<(Proof Proof, FoundCode? Code, string? Stamp)?> FindAsync(PortalDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (pending.Find(http) is not { IsProved: true } waiting)
        {
            return null;
        }

        return await PendingSignIns.FindPersonAsync(context, waiting, cancellationToken) is { } person
            ? (new Proof(waiting.UserId, waiting.Methods, waiting.IsPersistent, person.PasswordHash, waiting.Provider), waiting.Code, person.SecurityStamp)
            : null;
    }
}

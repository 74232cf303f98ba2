using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Passkeys;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>Turns a passkey's answer into a sign-in.</summary>
/// <remarks>
/// Failures are counted by network address alone, apart from those of passwords: nobody guesses a signature, and a count by
/// person would let strangers lock them out. The answer is taken in the transaction that begins the session, so of two requests with the same one a single
/// session begins, and a passkey that was removed in that moment begins none.
/// </remarks>
internal sealed class PasskeySignIn(
    IDbContextFactory<PortalDbContext> contexts,
    PasskeyProofs proofs,
    PasskeyMarks marks,
    PendingSignIns pending,
    FirstProof first,
    SessionStart start,
    AttemptLimiter limiter,
    FailedSignIns failures,
    IOptions<AccountsOptions> accounts,
    IOptions<RateLimitsOptions> limits) : IPasskeySignIn
{
    /// <summary>How the log calls a try that proved nothing; RFC 8176 has values for proofs only.</summary>
    private const string Passkey = "passkey";

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!.PerAddress;

    public async Task<PasskeyPrompt?> BeginAsync(HttpContext http) =>
        accounts.Value.LocalLogin ? await proofs.AskAsync(PasskeyPurpose.SignIn, marks.Renew(http), owner: null) : null;

    public async Task<SignInOutcome> SignInAsync(HttpContext http, string? ticket, string? answer, bool isPersistent, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (!accounts.Value.LocalLogin)
        {
            return new SignInOutcome.Disabled();
        }

        return await TryAsync(http, PasskeyPurpose.SignIn, marks.Of(http), ticket, answer, Passkey, async taken =>
        {
            var outcome = await first.ContinueAsync(http, new Proof(taken.Proof.UserId, taken.Proof.Methods, isPersistent) { Spend = taken.TakeAsync, PasskeyId = taken.Proof.PasskeyId }, cancellationToken);
            // What waits for a choice of the session to end is kept already; the answer counts once all the same.
            if (outcome is SignInOutcome.Succeeded || (outcome is SignInOutcome.Full && !await taken.TakeAloneAsync(contexts, cancellationToken)))
            {
                pending.Forget(http);
            }

            return outcome;
        }, cancellationToken);
    }

    public async Task<PasskeyPrompt?> BeginSecondStepAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (pending.Find(http) is not { IsProved: false } waiting)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await PasskeyOwner.FindAsync(context, waiting.UserId, cancellationToken) is { Rows.Count: > 0 } owner
            ? await proofs.AskAsync(PasskeyPurpose.SecondStep, BindingOf(waiting), owner)
            : null;
    }

    public async Task<SignInOutcome> TakeSecondStepAsync(HttpContext http, string? ticket, string? answer, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (pending.Find(http) is not { IsProved: false } waiting)
        {
            return new SignInOutcome.NothingWaits();
        }

        return await TryAsync(http, PasskeyPurpose.SecondStep, BindingOf(waiting), ticket, answer, $"{string.Join(' ', waiting.Methods)} {Passkey}", async taken =>
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (taken.Proof.UserId != waiting.UserId || await PendingSignIns.FindPersonAsync(context, waiting, cancellationToken) is not { } user)
            {
                pending.Forget(http);
                return new SignInOutcome.NothingWaits();
            }

            var proof = new Proof(waiting.UserId, [.. waiting.Methods, .. taken.Proof.Methods], waiting.IsPersistent, user.PasswordHash, waiting.Provider)
            {
                WithoutCookie = waiting.WithoutCookie,
            };
            var outcome = await start.BeginAsync(http, proof, user.SecurityStamp, taken.TakeAsync, cancellationToken);
            if (outcome is SignInOutcome.Succeeded)
            {
                pending.Forget(http);
            }
            else if (outcome is SignInOutcome.Full && await taken.TakeAloneAsync(contexts, cancellationToken))
            {
                pending.Remember(http, waiting with { Methods = proof.Methods, IsProved = true, PasskeyId = taken.Proof.PasskeyId });
            }

            return outcome;
        }, cancellationToken);
    }

    private static string BindingOf(PendingSignIn waiting) => FormattableString.Invariant($"{waiting.UserId} {waiting.Binding} {waiting.StartedAt.UtcTicks}");

    /// <summary>
    /// Looks at the answer and goes on with what it proves. What is refused counts for its address; what is proven passes whatever was
    /// counted: nobody guesses a key, and a neighbour's nonsense must shut nobody out.
    /// </summary>
    private async Task<SignInOutcome> TryAsync(
        HttpContext http, PasskeyPurpose purpose, string? binding, string? ticket, string? answer, string method,
        Func<Taking, Task<SignInOutcome>> goOn, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var verdict = await proofs.LookAtAsync(context, purpose, binding, ticket, answer, cancellationToken);
        PasskeyVerdict.Refused refused;
        if (verdict is PasskeyVerdict.Proven { Proof: var proof })
        {
            var taking = new Taking(proofs, proof);
            var outcome = await goOn(taking);
            if (taking.Refusal is not { } refusal)
            {
                return outcome;
            }

            refused = new PasskeyVerdict.Refused(refusal, proof.UserId);
        }
        else
        {
            refused = (PasskeyVerdict.Refused)verdict;
        }

        // A page was open for long: nobody tried anything.
        return refused.Reason is PasskeyRefusal.Expired
            ? new SignInOutcome.PasskeyRefused(refused.Reason)
            : await CountAsync(context, http, refused, method, cancellationToken);
    }

    private async Task<SignInOutcome> CountAsync(
        PortalDbContext context, HttpContext http, PasskeyVerdict.Refused refused, string method, CancellationToken cancellationToken)
    {
        (string Key, RateLimit Limit)[] counted = [(AttemptLimiter.AddressKey("passkey", http.Connection.RemoteIpAddress), limit)];
        var (receipt, retryAfter) = limiter.TryCount(counted);
        if (receipt is null)
        {
            await failures.AddThrottledAsync(context, http, userId: null, counted, cancellationToken);
            return new SignInOutcome.Throttled(retryAfter);
        }

        await failures.AddAsync(context, http, refused.UserId, method, refused.Reason.ToString().ToLowerInvariant(), cancellationToken);
        return new SignInOutcome.PasskeyRefused(refused.Reason);
    }

    /// <summary>Takes a proof in the transaction that begins its session.</summary>
    private sealed class Taking(PasskeyProofs proofs, PasskeyProof proof)
    {
        public PasskeyProof Proof => proof;

        /// <summary>Why it was not taken after all; null while it was not tried, and when it was.</summary>
        public PasskeyRefusal? Refusal { get; private set; }

        public async Task<bool> TakeAsync(PortalDbContext context, UserSession session, CancellationToken cancellationToken) =>
            (Refusal = await proofs.TakeAsync(context, proof, cancellationToken)) is null;

        /// <summary>Takes it though no session begins yet.</summary>
        public async Task<bool> TakeAloneAsync(IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellationToken)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await context.Users.TakeAsync(proof.UserId, cancellationToken);
            if ((Refusal = await proofs.TakeAsync(context, proof, cancellationToken)) is not null)
            {
                return false;
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        }
    }
}

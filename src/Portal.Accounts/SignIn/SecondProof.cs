using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>The second step of a sign-in that waits: a code of the authenticator app, or a recovery code.</summary>
/// <remarks>
/// Wrong codes are counted for the account, or for the browser where it is a known one, so that who has a stolen password
/// locks nobody out of their own browser. The right password forgives no wrong code. A code is spent in the transaction
/// that begins the session: of two requests with the same one a single session begins.
/// </remarks>
internal sealed partial class SecondProof(
    IDbContextFactory<PortalDbContext> contexts,
    FactorCodes codes,
    TrustedBrowsers trusted,
    KnownBrowsers browsers,
    PendingSignIns pending,
    SessionStart start,
    FailedSignIns failures,
    GuessedCodes guessed,
    AttemptLimiter limiter,
    IOptions<RateLimitsOptions> limits,
    ILogger<SecondProof> logger)
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<SignInOutcome> CompleteAsync(HttpContext http, PendingSignIn waiting, string code, bool trustBrowser, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await PendingSignIns.FindPersonAsync(context, waiting, cancellationToken) is not { } user)
        {
            pending.Forget(http);
            return new SignInOutcome.NothingWaits();
        }

        var key = browsers.MarkFor(http, waiting.UserId, user.SecurityStamp) is { } known
            ? $"second-factor:browser:{known}:{waiting.UserId}"
            : $"second-factor:user:{waiting.UserId}";
        var (receipt, retryAfter) = limiter.TryCount((key, limit));
        if (receipt is null)
        {
            Log.Throttled(logger, waiting.UserId, http.Connection.RemoteIpAddress);
            await guessed.TellAsync(context, http, waiting.UserId, key, cancellationToken);
            await failures.AddThrottledAsync(context, http, waiting.UserId, [(key, limit)], cancellationToken);
            return new SignInOutcome.Throttled(retryAfter);
        }

        FoundCode? found;
        try
        {
            found = await codes.FindAsync(context, waiting.UserId, code, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new SignInOutcome.Busy(full.RetryAfter);
        }

        if (found is null)
        {
            return await RejectAsync();
        }

        var proof = new Proof(waiting.UserId, [.. waiting.Methods, found.Method, SessionMethods.MultipleFactors], waiting.IsPersistent, user.PasswordHash, waiting.Provider)
        {
            WithoutCookie = waiting.WithoutCookie,
        };
        string? trust = null;
        var outcome = await start.BeginAsync(http, proof, user.SecurityStamp, SpendAsync, cancellationToken);
        switch (outcome)
        {
            case SignInOutcome.WrongCode:
                return await RejectAsync();
            case SignInOutcome.Full when !waiting.WithoutCookie:
                // The code is spent by the session that begins in the end; used elsewhere meanwhile, it begins none.
                limiter.Forget(key);
                pending.Remember(http, waiting with { Methods = proof.Methods, IsProved = true, Code = found, TrustsBrowser = trustBrowser });
                break;
            case SignInOutcome.Succeeded:
                limiter.Forget(key);
                pending.Forget(http);
                if (trust is not null)
                {
                    trusted.Remember(http, trust);
                }

                break;
        }

        return outcome;

        async Task<SignInOutcome> RejectAsync()
        {
            Log.WrongCode(logger, waiting.UserId, http.Connection.RemoteIpAddress);
            await Authenticators.CountFailureAsync(context, waiting.UserId, cancellationToken);
            await failures.AddAsync(context, http, waiting.UserId, $"{string.Join(' ', waiting.Methods)} {SessionMethods.Code}", "rejected", cancellationToken);
            return new SignInOutcome.WrongCode();
        }

        async Task<bool> SpendAsync(PortalDbContext beginning, UserSession session, CancellationToken token)
        {
            if (!await codes.SpendAsync(beginning, session, found, token))
            {
                return false;
            }

            trust = trustBrowser ? trusted.Add(beginning, session) : null;
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} gave a wrong or used code at the second step from {Address}.")]
        public static partial void WrongCode(ILogger logger, long userId, System.Net.IPAddress? address);

        [LoggerMessage(2, LogLevel.Warning, "Too many wrong codes for user {UserId}, whose password was right, from {Address}.")]
        public static partial void Throttled(ILogger logger, long userId, System.Net.IPAddress? address);
    }
}

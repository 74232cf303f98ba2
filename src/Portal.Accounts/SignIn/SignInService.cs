using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn;

internal sealed partial class SignInService(
    IDbContextFactory<PortalDbContext> contexts,
    UserSearch search,
    HashingQueue hashing,
    AttemptLimiter limiter,
    KnownBrowsers browsers,
    FailedSignIns failures,
    PendingSignIns pending,
    FirstProof first,
    SecondProof second,
    SignInInstead instead,
    SignInFields siteFields,
    IOptions<AccountsOptions> accounts,
    IOptions<RateLimitsOptions> limits,
    ILogger<SignInService> logger) : ISignInService
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<SignInOutcome> SignInAsync(
        HttpContext http,
        string login,
        string password,
        bool isPersistent,
        string? code,
        bool withoutCookie,
        IReadOnlyDictionary<string, string?>? fields,
        CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (!accounts.Value.LocalLogin)
        {
            return new SignInOutcome.Disabled();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await search.ByLogin(context, login)
            .Select(found => new Candidate(found.Id, found.PasswordHash, found.SecurityStamp, found.IsActive, found.AccessFailedCount))
            .SingleOrDefaultAsync(cancellationToken);

        var known = user is null ? null : browsers.MarkFor(http, user.Id, user.Stamp);
        // The key is what was typed, not who was found: a limit shared by an address and a name would tell that both are one account's.
        var key = known is null
            ? $"sign-in:login:{search.Normalize(login.Length > UserSearch.MaxLoginLength ? login[..UserSearch.MaxLoginLength] : login)}"
            : $"sign-in:browser:{known}:{user!.Id}";
        // A known browser answers for itself alone: strangers may share its network address.
        (string Key, RateLimit Limit)[] counted = known is null
            ? [(key, limit), (AttemptLimiter.AddressKey("sign-in", http.Connection.RemoteIpAddress), limit.PerAddress)]
            : [(key, limit)];
        var (receipt, retryAfter) = limiter.TryCount(counted);
        if (receipt is null)
        {
            Log.Throttled(logger, user?.Id, http.Connection.RemoteIpAddress);
            await failures.AddThrottledAsync(context, http, user?.Id, counted, cancellationToken);
            return new SignInOutcome.Throttled(retryAfter);
        }

        if (await siteFields.RefuseAsync(login, fields, cancellationToken) is { Count: > 0 } errors)
        {
            await failures.AddAsync(context, http, user?.Id, SessionMethods.Password, "fields", cancellationToken);
            return new SignInOutcome.FieldsRefused(errors);
        }

        // Held against nothing once too many were wrong: as much work, and the answer that an unknown name has.
        var isCompared = known is not null || user is null or { WrongInARow: < WrongPasswords.MaxInARow };
        PasswordVerificationResult verified;
        try
        {
            verified = await hashing.VerifyAsync(isCompared ? user?.PasswordHash : null, password, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new SignInOutcome.Busy(full.RetryAfter);
        }

        if (user is null || verified is PasswordVerificationResult.Failed
            // Of many that come at once, those too many may have been wrong since the row was read.
            || (user.WrongInARow > 0 && !await WrongPasswords.ForgiveAsync(context, user.Id, evenTooMany: known is not null, cancellationToken)))
        {
            Log.Rejected(logger, user?.Id, http.Connection.RemoteIpAddress);
            await failures.AddPasswordAsync(context, http, user?.Id, isCompared, cancellationToken);
            return new SignInOutcome.Rejected();
        }

        receipt.GiveBack();
        var hash = verified is PasswordVerificationResult.SuccessRehashNeeded && user.IsActive
            ? await RehashAsync(context, user, password, cancellationToken)
            : user.PasswordHash;
        var outcome = await ContinueAsync(http, new Proof(user.Id, [SessionMethods.Password], isPersistent, hash) { WithoutCookie = withoutCookie }, code, cancellationToken);
        if (outcome is SignInOutcome.Succeeded or SignInOutcome.NeedsSecondFactor or SignInOutcome.Full)
        {
            limiter.Forget(key);
        }

        return outcome;
    }

    public bool IsWaitingForCode(HttpContext http) => pending.Find(http) is { IsProved: false };

    public Task<SignInOutcome> SignInWithCodeAsync(HttpContext http, string code, bool trustBrowser, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        return pending.Find(http) is { IsProved: false } waiting
            ? second.CompleteAsync(http, waiting, code, trustBrowser, cancellationToken)
            : Task.FromResult<SignInOutcome>(new SignInOutcome.NothingWaits());
    }

    public Task<IReadOnlyList<SessionInfo>> ListInTheWayAsync(HttpContext http, CancellationToken cancellationToken) => instead.ListAsync(http, cancellationToken);

    public Task<SignInOutcome> SignInInsteadAsync(HttpContext http, string sessionId, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        return instead.SignInAsync(http, sessionId, cancellationToken);
    }

    public Task SignOutAsync(HttpContext http)
    {
        http.DemandResponse();
        return http.SignOutAsync(SessionSchemes.Current);
    }

    private async Task<SignInOutcome> ContinueAsync(HttpContext http, Proof proof, string? code, CancellationToken cancellationToken)
    {
        if (code is null)
        {
            return await first.ContinueAsync(http, proof, cancellationToken);
        }

        var (outcome, waiting) = await first.JudgeAsync(http, proof, cancellationToken);
        return outcome is SignInOutcome.NeedsSecondFactor ? await second.CompleteAsync(http, waiting!, code, trustBrowser: false, cancellationToken) : outcome;
    }

    /// <summary>Hashes the password anew, and returns the hash it is held against from then on.</summary>
    private async Task<string?> RehashAsync(PortalDbContext context, Candidate user, string password, CancellationToken cancellationToken)
    {
        try
        {
            var stronger = await hashing.HashAsync(password, cancellationToken);
            // Only where the hash is still the one that was verified: a password changed meanwhile stays changed.
            return await context.Users.Where(row => row.Id == user.Id && row.PasswordHash == user.PasswordHash)
                .ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, stronger), cancellationToken) == 1
                    ? stronger
                    : user.PasswordHash;
        }
        catch (HashingQueueFullException)
        {
            // The next sign-in tries again.
            return user.PasswordHash;
        }
    }

    private sealed record Candidate(long Id, string? PasswordHash, string? Stamp, bool IsActive, int WrongInARow);

    private static partial class Log
    {
        public static void Rejected(ILogger logger, long? userId, System.Net.IPAddress? address)
        {
            if (userId is { } id)
            {
                RejectedUser(logger, id, address);
            }
            else
            {
                RejectedNobody(logger, address);
            }
        }

        public static void Throttled(ILogger logger, long? userId, System.Net.IPAddress? address)
        {
            if (userId is { } id)
            {
                ThrottledUser(logger, id, address);
            }
            else
            {
                ThrottledNobody(logger, address);
            }
        }

        [LoggerMessage(1, LogLevel.Information, "A sign-in was rejected from {Address}; the name is user {UserId}'s.")]
        private static partial void RejectedUser(ILogger logger, long userId, System.Net.IPAddress? address);

        [LoggerMessage(2, LogLevel.Warning, "Too many failed sign-ins from {Address}; the name is user {UserId}'s.")]
        private static partial void ThrottledUser(ILogger logger, long userId, System.Net.IPAddress? address);

        [LoggerMessage(3, LogLevel.Information, "A sign-in was rejected from {Address}; the name is nobody's.")]
        private static partial void RejectedNobody(ILogger logger, System.Net.IPAddress? address);

        [LoggerMessage(4, LogLevel.Warning, "Too many failed sign-ins from {Address}; the name is nobody's.")]
        private static partial void ThrottledNobody(ILogger logger, System.Net.IPAddress? address);
    }
}

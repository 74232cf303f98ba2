using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
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
    NewDeviceNotice newDevice,
    Outbox outbox,
    IOptions<AccountsOptions> accounts,
    IOptions<RateLimitsOptions> limits,
    ILogger<SignInService> logger) : ISignInService
{
    private const string Password = "pwd";

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    public async Task<SignInOutcome> SignInAsync(HttpContext http, string login, string password, bool isPersistent, CancellationToken cancellationToken)
    {
        DemandResponse(http);
        if (!accounts.Value.LocalLogin)
        {
            return new SignInOutcome.Disabled();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await search.ByLogin(context, login)
            .Select(found => new Candidate(found.Id, found.Email!, found.PasswordHash, found.SecurityStamp, found.IsActive, found.ConfirmedAt != null))
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

        PasswordVerificationResult verified;
        try
        {
            verified = await hashing.VerifyAsync(user?.PasswordHash, password, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new SignInOutcome.Busy(full.RetryAfter);
        }

        if (user is null || verified is PasswordVerificationResult.Failed)
        {
            Log.Rejected(logger, user?.Id, http.Connection.RemoteIpAddress);
            await failures.AddAsync(context, http, user?.Id, Password, "rejected", cancellationToken);
            return new SignInOutcome.Rejected();
        }

        receipt.GiveBack();
        if (!user.IsActive)
        {
            Log.Refused(logger, user.Id, "inactive");
            await failures.AddAsync(context, http, user.Id, Password, "inactive", cancellationToken);
            return new SignInOutcome.Inactive();
        }

        if (accounts.Value.RequireConfirmedEmail && !user.IsConfirmed)
        {
            Log.Refused(logger, user.Id, "unconfirmed");
            await failures.AddAsync(context, http, user.Id, Password, "unconfirmed", cancellationToken);
            return new SignInOutcome.NeedsConfirmation(user.Email);
        }

        var hash = verified is PasswordVerificationResult.SuccessRehashNeeded
            ? await RehashAsync(context, user, password, cancellationToken)
            : user.PasswordHash;

        limiter.Forget(key);
        try
        {
            await http.BeginSessionAsync(user.Id, [Password], isPersistent, hash, known is null ? newDevice.AddAsync : null);
        }
        catch (InactiveUserException)
        {
            if (await HasOtherPasswordAsync(context, user.Id, hash, cancellationToken))
            {
                Log.Rejected(logger, user.Id, http.Connection.RemoteIpAddress);
                await failures.AddAsync(context, http, user.Id, Password, "rejected", cancellationToken);
                return new SignInOutcome.Rejected();
            }

            Log.Refused(logger, user.Id, "inactive by now");
            await failures.AddAsync(context, http, user.Id, Password, "inactive", cancellationToken);
            return new SignInOutcome.Inactive();
        }

        outbox.Wake();
        browsers.Remember(http, user.Id, user.Stamp);
        Log.SignedIn(logger, user.Id, http.Connection.RemoteIpAddress);
        return new SignInOutcome.Succeeded(user.Id);
    }

    public Task SignOutAsync(HttpContext http)
    {
        DemandResponse(http);
        return http.SignOutAsync(SessionSchemes.Current);
    }

    private static void DemandResponse(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            throw new InvalidOperationException("The response has started; signing in and out write a cookie and need an HTTP request of their own.");
        }
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

    private static Task<bool> HasOtherPasswordAsync(PortalDbContext context, long userId, string? hash, CancellationToken cancellationToken) =>
        context.Users.AnyAsync(row => row.Id == userId && row.IsActive && row.PasswordHash != hash, cancellationToken);

    private sealed record Candidate(long Id, string Email, string? PasswordHash, string? Stamp, bool IsActive, bool IsConfirmed);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} signed in by password from {Address}.")]
        public static partial void SignedIn(ILogger logger, long userId, System.Net.IPAddress? address);

        [LoggerMessage(2, LogLevel.Information, "A sign-in was rejected from {Address}; the name is user {UserId}'s, or nobody's.")]
        public static partial void Rejected(ILogger logger, long? userId, System.Net.IPAddress? address);

        [LoggerMessage(3, LogLevel.Information, "User {UserId} gave the right password but is {State}.")]
        public static partial void Refused(ILogger logger, long userId, string state);

        [LoggerMessage(4, LogLevel.Warning, "Too many failed sign-ins from {Address}; the name is user {UserId}'s, or nobody's.")]
        public static partial void Throttled(ILogger logger, long? userId, System.Net.IPAddress? address);
    }
}

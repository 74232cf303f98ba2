using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;

namespace Portal.Accounts.SignIn;

/// <summary>
/// Where every way in meets once somebody proved who they are, by a password, an identity provider or a passkey: may the
/// account sign in, does it take a second factor; else the session begins.
/// </summary>
internal sealed partial class FirstProof(
    IDbContextFactory<PortalDbContext> contexts,
    TrustedBrowsers trusted,
    PendingSignIns pending,
    SessionStart start,
    FailedSignIns failures,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    ILogger<FirstProof> logger)
{
    /// <summary>Begins the session, or says what is in its way. A wait for the second factor is kept in a cookie.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="proof">What was proved; the portal believes it.</param>
    /// <param name="cancellationToken">Stops before the session begins.</param>
    public async Task<SignInOutcome> ContinueAsync(HttpContext http, Proof proof, CancellationToken cancellationToken)
    {
        var (outcome, waiting) = await JudgeAsync(http, proof, cancellationToken);
        if (waiting is { WithoutCookie: false })
        {
            pending.Remember(http, waiting);
        }

        return outcome;
    }

    /// <summary>The same, for a request that may bring the second factor with it: what waits is given back and kept nowhere.</summary>
    public async Task<(SignInOutcome Outcome, PendingSignIn? Waiting)> JudgeAsync(HttpContext http, Proof proof, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await context.Users.Where(row => row.Id == proof.UserId)
            .Select(row => new { row.Email, row.PasswordHash, row.SecurityStamp, row.IsActive, IsConfirmed = row.ConfirmedAt != null })
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null or { IsActive: false })
        {
            Log.Refused(logger, proof.UserId, "inactive");
            await failures.AddAsync(context, http, user is null ? null : proof.UserId, proof.Method, "inactive", cancellationToken);
            return (new SignInOutcome.Inactive(), null);
        }

        if (accounts.Value.RequireConfirmedEmail && !user.IsConfirmed)
        {
            Log.Refused(logger, proof.UserId, "unconfirmed");
            await failures.AddAsync(context, http, proof.UserId, proof.Method, "unconfirmed", cancellationToken);
            return (new SignInOutcome.NeedsConfirmation(user.Email!), null);
        }

        if (proof.IsComplete || !await Authenticators.HasOneAsync(context, proof.UserId, cancellationToken))
        {
            return Begun(await start.BeginAsync(http, proof, user.SecurityStamp, proof.Spend, cancellationToken), trustId: null);
        }

        if (await trusted.FindAsync(context, http, proof.UserId, cancellationToken) is { } browser
            && await start.BeginAsync(http, proof, user.SecurityStamp, (beginning, session, token) => trusted.UseAsync(beginning, browser, session, token), cancellationToken)
                is not SignInOutcome.WrongCode and var begun)
        {
            return Begun(begun, browser);
        }

        return (new SignInOutcome.NeedsSecondFactor(), Waiting(isProved: false));

        // What waits, waits for a choice of the session that ends instead.
        (SignInOutcome, PendingSignIn?) Begun(SignInOutcome outcome, long? trustId) =>
            (outcome, outcome is SignInOutcome.Full ? Waiting(isProved: true) with { TrustId = trustId } : null);

        // The hash that was proved, not the one that stands there by now: a password replaced meanwhile must end the wait too.
        PendingSignIn Waiting(bool isProved) => new(
            proof.UserId, proof.Methods, proof.IsPersistent, PendingSignIns.BindingOf(user.SecurityStamp, proof.PasswordHash ?? user.PasswordHash), time.GetUtcNow(), proof.Provider)
        {
            IsProved = isProved,
            PasskeyId = proof.PasskeyId,
            WithoutCookie = proof.WithoutCookie,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} proved who they are but is {State}.")]
        public static partial void Refused(ILogger logger, long userId, string state);
    }
}

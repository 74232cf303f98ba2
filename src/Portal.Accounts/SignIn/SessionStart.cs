using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>Begins the session of somebody who proved all that is asked for: the mail about one unlike others, the memory of a known one.</summary>
internal sealed partial class SessionStart(
    IDbContextFactory<PortalDbContext> contexts,
    KnownBrowsers browsers,
    SignInNotice notice,
    VouchedSessions vouched,
    FailedSignIns failures,
    Outbox outbox,
    ILogger<SessionStart> logger)
{
    /// <summary>
    /// Begins it. <see cref="SignInOutcome.WrongCode"/>, with nothing begun, when <paramref name="spend"/> finds that what it
    /// would spend is spent.
    /// </summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="proof">All that was proved.</param>
    /// <param name="stamp">The user's security stamp, as read when they proved it.</param>
    /// <param name="spend">Spends a code or uses a trust in the session's transaction; null for nothing.</param>
    /// <param name="cancellationToken">Stops what is done after a refusal.</param>
    public async Task<SignInOutcome> BeginAsync(
        HttpContext http, Proof proof, string? stamp, Func<PortalDbContext, UserSession, CancellationToken, Task<bool>>? spend, CancellationToken cancellationToken)
    {
        ClaimsPrincipal person;
        var isKnown = browsers.MarkFor(http, proof.UserId, stamp) is not null;
        try
        {
            person = await http.BeginSessionAsync(proof.UserId, proof.Methods, proof.IsPersistent, proof.PasswordHash, async (context, session, token) =>
            {
                if (spend is not null && !await spend(context, session, token))
                {
                    throw new SpentException();
                }

                if (proof.Provider is { } provider)
                {
                    await vouched.ApplyAsync(context, session, provider, token);
                }

                await notice.AddAsync(context, session, isKnown, token);
            }, withoutCookie: proof.WithoutCookie);
        }
        catch (SpentException)
        {
            return new SignInOutcome.WrongCode();
        }
        catch (InactiveUserException)
        {
            return await RefuseAsync(http, proof, cancellationToken);
        }
        catch (SessionsFullException)
        {
            Log.Refused(logger, proof.UserId, "has as many sessions as a user may have");
            return new SignInOutcome.Full();
        }

        outbox.Wake();
        if (!proof.WithoutCookie)
        {
            browsers.Remember(http, proof.UserId, stamp);
        }

        Log.SignedIn(logger, proof.UserId, proof.Method, http.Connection.RemoteIpAddress);
        return new SignInOutcome.Succeeded(proof.UserId) { Person = person };
    }

    /// <summary>They were deactivated, or their password was replaced, in the moment of signing in.</summary>
    private async Task<SignInOutcome> RefuseAsync(HttpContext http, Proof proof, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var hasOtherPassword = proof.PasswordHash is not null
            && await context.Users.AnyAsync(row => row.Id == proof.UserId && row.IsActive && row.PasswordHash != proof.PasswordHash, cancellationToken);
        Log.Refused(logger, proof.UserId, hasOtherPassword ? "has another password by now" : "is inactive by now");
        await failures.AddAsync(context, http, proof.UserId, proof.Method, hasOtherPassword ? "rejected" : "inactive", cancellationToken);
        return hasOtherPassword ? new SignInOutcome.Rejected() : new SignInOutcome.Inactive();
    }

    /// <summary>What was to be spent is spent.</summary>
    private sealed class SpentException : Exception;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} signed in ({Method}) from {Address}.")]
        public static partial void SignedIn(ILogger logger, long userId, string method, System.Net.IPAddress? address);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} proved who they are but {State}.")]
        public static partial void Refused(ILogger logger, long userId, string state);
    }
}

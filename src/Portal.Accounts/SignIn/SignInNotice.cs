using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn;

/// <summary>Mails people of a sign-in that is not as theirs are, with a link that ends it (ASVS 6.3.5).</summary>
/// <remarks>
/// Of a browser that they had not used before; in one that they had, of a country that none of their sessions is or lately was
/// from, of the first sign-in in a long while, and of one that came after several had failed.
/// </remarks>
internal sealed class SignInNotice(OneTimeLinks links, Outbox outbox, IOptions<ExternalProvidersOptions> providers, IOptions<PortalOptions> portal)
{
    internal static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>After so long without a sign-in the next one is news.</summary>
    internal static readonly TimeSpan LongWhile = TimeSpan.FromDays(90);

    /// <summary>Fewer failures are somebody's own slips.</summary>
    internal const int SeveralFailures = 5;

    /// <summary>How far back in the person's events failures are counted.</summary>
    private const int LatestEvents = 50;

    /// <summary>Promises the mail in the transaction that begins the session. The very first sign-in of an account is news to nobody.</summary>
    /// <param name="context">What begins the session; saved by the caller.</param>
    /// <param name="session">The session.</param>
    /// <param name="isKnownBrowser">Whether the account was used in that browser before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task AddAsync(PortalDbContext context, UserSession session, bool isKnownBrowser, CancellationToken cancellationToken)
    {
        var user = await context.LoginInformation
            .Where(login => login.UserId == session.UserId && login.LoginCount > 0)
            .Join(context.Users, login => login.UserId, row => row.Id, (login, row) => new { row.Email, row.UserName, LastAt = login.CurrentLoginAt })
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null || await OddityAsync(context, session, isKnownBrowser, user.LastAt, cancellationToken) is not { } oddity)
        {
            return;
        }

        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.NotMe, session.UserId, session.Id, LinkLifetime, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.NewDevice(
            user.Email!, session.UserId, user.UserName, portal.Value.LinkUrl(PortalLinks.NotMe, session.UserId, secret), expiresAt,
            new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os).ToOccasion(session.CreatedAt))
        {
            Oddity = oddity,
            Method = session.Method,
            Provider = session.Provider is { } scheme ? providers.Value.Find(scheme)?.DisplayName ?? scheme : null,
        }, cancellationToken);
    }

    /// <summary>What sets it apart, the plainest first; null for nothing.</summary>
    private static async Task<SignInOddity?> OddityAsync(
        PortalDbContext context, UserSession session, bool isKnownBrowser, DateTimeOffset? lastAt, CancellationToken cancellationToken) =>
        !isKnownBrowser ? SignInOddity.Browser
        : await IsElsewhereAsync(context, session, cancellationToken) ? SignInOddity.Country
        : session.CreatedAt - lastAt > LongWhile ? SignInOddity.LongWhile
        : await FailuresSinceAsync(context, session.UserId, lastAt ?? DateTimeOffset.MinValue, cancellationToken) >= SeveralFailures ? SignInOddity.Failures
        : null;

    private static async Task<bool> IsElsewhereAsync(PortalDbContext context, UserSession session, CancellationToken cancellationToken)
    {
        if (session.Country is not { } country)
        {
            return false;
        }

        var others = context.Sessions.Where(row => row.UserId == session.UserId && row.Id != session.Id && row.Country != null && row.ImpersonatorId == null);
        return await others.AnyAsync(cancellationToken) && !await others.AnyAsync(row => row.Country == country, cancellationToken);
    }

    private static Task<int> FailuresSinceAsync(PortalDbContext context, long userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var failed = AuditKind.SignInFailed.ToName();
        return context.AuditEvents.Where(happened => happened.SubjectId == userId)
            .OrderByDescending(happened => happened.Id)
            .Take(LatestEvents)
            .CountAsync(happened => happened.Kind == failed && happened.At > since, cancellationToken);
    }
}

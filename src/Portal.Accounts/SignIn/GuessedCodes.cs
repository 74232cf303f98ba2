using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>Mails people that somebody has their password and guesses codes (OWASP ASVS 6.3.5): once in the window of the limit that was reached.</summary>
internal sealed class GuessedCodes(
    AttemptLimiter limiter,
    Outbox outbox,
    RequestOrigins origins,
    TimeProvider time,
    IOptions<RateLimitsOptions> limits,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal)
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!;

    /// <param name="context">Saved here; nothing else may wait in it.</param>
    /// <param name="http">The request.</param>
    /// <param name="userId">Whose codes.</param>
    /// <param name="key">What was counted.</param>
    /// <param name="cancellationToken">Stops before it is promised.</param>
    public async Task TellAsync(PortalDbContext context, HttpContext http, long userId, string key, CancellationToken cancellationToken)
    {
        if (limiter.TryCount(($"{key}:mailed", limit with { Count = 1 })).Receipt is null)
        {
            return;
        }

        var user = await context.Users.Where(row => row.Id == userId).Select(row => new { row.Email, row.UserName }).SingleAsync(cancellationToken);
        await outbox.AddAsync(context, new AccountMail.CodesGuessed(
            user.Email!, userId, user.UserName, portal.Value.RecoveryUrl(accounts.Value), origins.Of(http).ToOccasion(time.GetUtcNow())), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        outbox.Wake();
    }
}

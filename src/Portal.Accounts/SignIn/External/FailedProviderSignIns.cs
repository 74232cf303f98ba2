using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

/// <summary>
/// Writes sign-ins that came back from a provider and led to nobody into the log of security events (OWASP ASVS 16.3.1): as
/// many from one network address as its failures may be, then once in a window that there were more.
/// </summary>
internal sealed class FailedProviderSignIns(
    IDbContextFactory<PortalDbContext> contexts, FailedSignIns failures, AttemptLimiter limiter, IOptions<RateLimitsOptions> limits)
{
    /// <summary>How the log calls them; RFC 8176 has values for proofs only.</summary>
    private const string Provider = "provider";

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.SignIn)!.PerAddress;

    /// <summary>Notes it, where it was to be a sign-in and nobody is signed in to the browser. A provider's answer comes before anybody has asked who that is.</summary>
    public async Task NoteAsync(HttpContext http, ExternalPurpose purpose, ExternalRefusal why)
    {
        if (purpose is not ExternalPurpose.SignIn || (await http.AuthenticateAsync(SessionSchemes.Current)).Succeeded)
        {
            return;
        }

        (string Key, RateLimit Limit)[] counted = [(AttemptLimiter.AddressKey(Provider, http.Connection.RemoteIpAddress), limit)];
        await using var context = await contexts.CreateDbContextAsync(http.RequestAborted);
        await (limiter.TryCount(counted).Receipt is null
            ? failures.AddThrottledAsync(context, http, userId: null, counted, http.RequestAborted)
            : failures.AddAsync(context, http, userId: null, Provider, why.ToName(), http.RequestAborted));
    }
}

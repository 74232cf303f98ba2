using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>Begins sessions straight in the store, without browser and cookie.</summary>
internal static class BeginSession
{
    /// <summary>Returns the session's key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="isPersistent">"Keep me signed in".</param>
    /// <param name="former">The person of the session the browser has; null for none.</param>
    public static Task<string> BeginAsync(this SessionStore store, long userId, bool isPersistent = false, ClaimsPrincipal? former = null)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, userId.ToString(CultureInfo.InvariantCulture)), new Claim(SessionClaims.MethodType, "pwd")], SessionSchemes.Current);
        var http = new DefaultHttpContext { User = former ?? new ClaimsPrincipal() };
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = isPersistent }, SessionSchemes.Current);
        return store.StoreAsync(ticket, http, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes many rows at once, as if people had signed in a day before the limit.</summary>
    public static Task<int> InsertAsync(this PortalHost host, TestUser user, int count, DateTimeOffset expiresAt, DateTimeOffset absoluteAt) =>
        host.QueryAsync(context =>
        {
            context.Sessions.AddRange(Enumerable.Range(0, count).Select(_ => new UserSession
            {
                Id = SessionIds.New(expiresAt - TimeSpan.FromDays(1)),
                UserId = user.Id,
                KeyHash = SessionKey.Hash(SessionKey.New()),
                Ticket = [1],
                CreatedAt = expiresAt - TimeSpan.FromDays(1),
                LastSeenAt = expiresAt - TimeSpan.FromDays(1),
                ExpiresAt = expiresAt,
                AbsoluteExpiresAt = absoluteAt,
                IdleTimeout = TimeSpan.FromDays(1),
            }));
            return context.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
}

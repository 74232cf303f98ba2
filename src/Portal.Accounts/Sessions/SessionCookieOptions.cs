using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Sessions;

/// <summary>How the session's cookie looks: http-only, same-site, and bound to this host over TLS where the portal has it.</summary>
internal sealed class SessionCookieOptions(
    SessionStore store,
    IDataProtectionProvider protection,
    IOptions<PortalOptions> portal,
    IOptions<SessionsOptions> sessions) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    /// <summary>The cookie's name over TLS; over plain http browsers refuse the prefix.</summary>
    public const string SecureName = "__Host-portal-session";

    public const string PlainName = "portal-session";

    private static readonly TimeSpan OutlivesSession = TimeSpan.FromDays(1);

    public void Configure(CookieAuthenticationOptions options)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != SessionSchemes.Current && name != SessionSchemes.Begin)
        {
            return;
        }

        options.Cookie.Name = portal.Value.IsSecure ? SecureName : PlainName;
        options.Cookie.SecurePolicy = portal.Value.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.Path = "/";
        options.Cookie.IsEssential = true;
        options.SessionStore = store;
        // The limits are the row's; the cookie merely must not go earlier. It knows whole seconds only, and while it is
        // there its person can be told why the session is over.
        options.SlidingExpiration = false;
        options.ExpireTimeSpan = sessions.Value.AbsoluteTimeout + OutlivesSession;
        options.LoginPath = PortalLinks.SignIn;
        options.AccessDeniedPath = PortalLinks.AccessDenied;
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(SessionCookieEvents);
        options.TicketDataFormat = new TicketDataFormat(protection.CreateProtector("Portal.Sessions.Cookie"));
        options.CookieManager = name == SessionSchemes.Begin ? new WriteOnlyCookies() : new ChunkingCookieManager();
    }

    private sealed class WriteOnlyCookies : ICookieManager
    {
        private readonly ChunkingCookieManager cookies = new();

        public string? GetRequestCookie(HttpContext context, string key) => null;

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
            cookies.AppendResponseCookie(context, key, value, options);

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) => cookies.DeleteCookie(context, key, options);
    }
}

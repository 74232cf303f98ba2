using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.SignIn;

/// <summary>Keeps a sign-in that waits for a second factor in a protected cookie, for ten minutes. It is no session and opens nothing but the question for the factor.</summary>
internal sealed class PendingSignIns(IDataProtectionProvider protection, TimeProvider time, IOptions<PortalOptions> portal)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string SecureName = "__Host-portal-pending";
    private const string PlainName = "portal-pending";
    private const int MaxLength = 2000;

    private readonly IDataProtector protector = protection.CreateProtector("Portal.SignIn.Pending");

    private string Name => portal.Value.IsSecure ? SecureName : PlainName;

    private CookieOptions Cookie => new()
    {
        HttpOnly = true,
        Secure = portal.Value.IsSecure,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    };

    /// <summary>The person of a sign-in that waits, while all it is bound to stands; null once it is worth nothing.</summary>
    public static async Task<WaitingPerson?> FindPersonAsync(PortalDbContext context, PendingSignIn waiting, CancellationToken cancellationToken) =>
        await PersonOf(context, waiting.UserId).SingleOrDefaultAsync(cancellationToken) is { } person
        && BindingOf(person.SecurityStamp, person.PasswordHash) == waiting.Binding
            ? person
            : null;

    internal static IQueryable<WaitingPerson> PersonOf(PortalDbContext context, long userId) => context.Users
        .Where(user => user.Id == userId && user.IsActive)
        .Select(user => new WaitingPerson(user.PasswordHash, user.SecurityStamp));

    /// <summary>What a pending sign-in is bound to: a new password or a report that it was not them makes it worth nothing.</summary>
    public static string BindingOf(string? stamp, string? passwordHash) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{stamp}\n{passwordHash}")));

    public void Remember(HttpContext http, PendingSignIn pending)
    {
        var cookie = Cookie;
        cookie.MaxAge = Lifetime;
        http.Response.Cookies.Append(Name, Convert.ToBase64String(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(pending))), cookie);
    }

    /// <summary>Null when there is none, or it is too old.</summary>
    public PendingSignIn? Find(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 and <= MaxLength } cookie)
        {
            return null;
        }

        try
        {
            var pending = JsonSerializer.Deserialize<PendingSignIn>(protector.Unprotect(Convert.FromBase64String(cookie)));
            return pending is not null && pending.StartedAt + Lifetime > time.GetUtcNow() ? pending : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    public void Forget(HttpContext http) => http.Response.Cookies.Delete(Name, Cookie);

    /// <summary>As they are now.</summary>
    internal sealed record WaitingPerson(string? PasswordHash, string? SecurityStamp);
}

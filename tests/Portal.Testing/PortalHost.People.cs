using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Testing;

// Users and their sessions.
public sealed partial class PortalHost
{
    /// <summary>A password that the rules accept.</summary>
    public const string DefaultPassword = "lanterns drift over Utrecht";

    /// <summary>
    /// A script that tells whether the real browser that runs it, on any page of the portal, has a live session. Asking counts as
    /// activity of it. Whoever has none is led to a page that anybody may see, so the way there is not gone.
    /// </summary>
    public const string IsSignedInScript = "() => fetch('/account/seen', { method: 'POST', redirect: 'manual' }).then(answer => answer.ok)";

    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    private static int made;

    /// <summary>Makes a user, active and confirmed unless said otherwise.</summary>
    /// <param name="email">Null for a new one of example.org.</param>
    /// <param name="userName">Null for a new one; empty for none.</param>
    /// <param name="password">Must follow the rules.</param>
    /// <param name="isActive">Whether they may sign in.</param>
    /// <param name="isConfirmed">Whether the address is confirmed.</param>
    /// <param name="roles">Roles they hold: <c>admin</c>, or ones that exist.</param>
    /// <exception cref="InvalidOperationException">The portal refused; the message says why.</exception>
    public async Task<TestUser> CreateUserAsync(
        string? email = null, string? userName = null, string password = DefaultPassword, bool isActive = true, bool isConfirmed = true, params IReadOnlyList<string> roles)
    {
        var number = Interlocked.Increment(ref made).ToString(CultureInfo.InvariantCulture);
        var request = new NewUser
        {
            Email = email ?? $"person{number}@example.org",
            UserName = userName ?? $"person{number}",
            Password = password,
            IsActive = isActive,
            IsConfirmed = isConfirmed,
            Roles = roles,
        };
        var admin = Services.GetRequiredService<IUserAdmin>();
        if (await admin.CreateAsync(request, Operator.CommandLine) is not AdminOutcome.Done and var refused)
        {
            var why = refused is AdminOutcome.Refused { Errors: var errors } ? string.Join(" ", errors.Select(error => $"{error.Field}: {error.Message}")) : refused.ToString();
            throw new InvalidOperationException($"The user was not made. {why}");
        }

        var user = (await admin.FindAsync(request.Email))!;
        return new TestUser(user.Id, user.Email, user.UserName, password);
    }

    /// <summary>Signs in as a person does: opens the sign-in page, fills in the form, sends it.</summary>
    /// <param name="client">The browser.</param>
    /// <param name="user">Who.</param>
    /// <param name="remember">Whether "Keep me signed in" is ticked.</param>
    /// <param name="password">Null for the right one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer to the form: a redirect when it worked.</returns>
    public static Task<HttpResponseMessage> SignInAsync(
        HttpClient client, TestUser user, bool remember = false, string? password = null, CancellationToken cancellationToken = default) =>
        SignInAsync(client, user.Email, password ?? user.Password, remember, cancellationToken);

    /// <summary>As the other, by any name.</summary>
    public static Task<HttpResponseMessage> SignInAsync(
        HttpClient client, string login, string password, bool remember = false, CancellationToken cancellationToken = default)
    {
        List<KeyValuePair<string, string>> fields = [new("Input.Login", login), new("Input.Password", password)];
        if (remember)
        {
            fields.Add(new("Input.RememberMe", "true"));
        }

        return PostFormAsync(client, "/login", "sign-in", fields, cancellationToken);
    }

    /// <summary>Begins a session straight in the store, past form, password and limits, and returns a browser that has its cookie.</summary>
    /// <param name="user">Who.</param>
    /// <param name="remember">"Keep me signed in".</param>
    /// <param name="userAgent">What the browser calls itself.</param>
    /// <param name="address">Where it is.</param>
    public async Task<HttpClient> BeginSessionAsync(TestUser user, bool remember = false, string userAgent = Firefox, string address = "127.0.0.1")
    {
        await using var scope = Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Scheme = BaseAddress.Scheme;
        http.Request.Host = new HostString(BaseAddress.Authority);
        http.Request.Headers.UserAgent = userAgent;
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(address);
        await http.BeginSessionAsync(user.Id, ["pwd"], remember);

        var client = CreateClient(address, userAgent);
        foreach (var cookie in http.Response.Headers.SetCookie)
        {
            CookiesOf(client).SetCookies(BaseAddress, cookie!);
        }

        return client;
    }

    /// <summary>Whether the browser has a live session. Asking counts as activity of it.</summary>
    public static async Task<bool> IsSignedInAsync(HttpClient client, CancellationToken cancellationToken = default)
    {
        using var answer = await client.PostAsync("/account/seen", content: null, cancellationToken);
        return answer.IsSuccessStatusCode;
    }

    /// <summary>The public id of the session a browser has the cookie of, live or ended; null for none. Asking is no activity.</summary>
    public async Task<string?> SessionIdOfAsync(HttpClient client, CancellationToken cancellationToken = default)
    {
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionSchemes.Current);
        if (CookiesOf(client).GetCookies(BaseAddress)[cookie.Cookie.Name!]?.Value is not { } value
            || cookie.TicketDataFormat.Unprotect(value)?.Principal.FindFirst(KeyClaim)?.Value is not { } key)
        {
            return null;
        }

        var hash = SessionKey.Hash(key);
        await using var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Sessions.Where(session => session.KeyHash == hash).Select(session => session.Id).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The user's live sessions, newest first; at most 200.</summary>
    public async Task<IReadOnlyList<SessionInfo>> SessionsOfAsync(TestUser user, CancellationToken cancellationToken = default) =>
        [.. (await Services.GetRequiredService<ISessionAdmin>().ListAsync(
            new SessionSearch { User = user.Id.ToString(CultureInfo.InvariantCulture) }, new ListWindow { Size = ListWindow.MaxSize }, cancellationToken))
            .Results.Select(row => row.Session)];

    /// <summary>Ends a session as an operator does.</summary>
    /// <returns>False when it is not there or has ended.</returns>
    public async Task<bool> EndSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await Services.GetRequiredService<ISessionAdmin>().EndAsync(SessionChoice.These(sessionId), Operator.CommandLine, cancellationToken) is AdminOutcome.Done;
}

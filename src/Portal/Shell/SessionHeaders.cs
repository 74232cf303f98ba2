using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions;

namespace Portal.Shell;

/// <summary>Tells the server in front whose answer it carries, where <see cref="SessionsOptions.ResponseHeaders"/> asks for it.</summary>
internal sealed class SessionHeaders(RequestDelegate next, IOptions<SessionsOptions> options)
{
    private const string Session = "X-Session-ID";
    private const string User = "X-User-ID";

    public Task InvokeAsync(HttpContext http)
    {
        if (options.Value.ResponseHeaders)
        {
            http.Response.OnStarting(() =>
            {
                if (http.User.SessionId() is { } sessionId && http.User.UserId() is { } userId)
                {
                    http.Response.Headers[Session] = sessionId;
                    http.Response.Headers[User] = userId.ToString(CultureInfo.InvariantCulture);
                }

                return Task.CompletedTask;
            });
        }

        return next(http);
    }
}

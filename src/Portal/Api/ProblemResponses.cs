using System.Data.Common;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;
using Portal.Controls;

namespace Portal.Api;

/// <summary>
/// Answers in problem details what goes wrong below <c>/api</c> outside a handler: an exception, a body that cannot be
/// read, and the framework's bare 401, 403, 404 and 405. Nothing is said of an exception but that there was one.
/// </summary>
internal sealed partial class ProblemResponses(RequestDelegate next, ILogger<ProblemResponses> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            if (http.Response is { StatusCode: StatusCodes.Status401Unauthorized, Headers.WWWAuthenticate.Count: 0 })
            {
                // A 401 names a way in (RFC 9110, section 15.5.2). Browsers ask nobody for this one.
                http.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return Task.CompletedTask;
        });
        var problem = await RunAsync(http);
        if (problem is not null && !http.Response.HasStarted)
        {
            await problem.ExecuteAsync(http);
        }
    }

    /// <summary>The request's way through everything behind; the problem that is left to tell, if any.</summary>
    private async Task<ApiProblem?> RunAsync(HttpContext http)
    {
        try
        {
            await next(http);
            return IsBare(http.Response) ? new ApiProblem(http.Response.StatusCode, Detail(http)) : null;
        }
        catch (UnreadableBodyException unreadable)
        {
            return unreadable.Problem;
        }
        catch (BadHttpRequestException bad)
        {
            return new ApiProblem(bad.StatusCode, bad.StatusCode is StatusCodes.Status413PayloadTooLarge
                ? UnreadableBodyException.TooLong
                : "This request could not be read.");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return null;
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            Log.Failed(logger, http.Request.Method, http.GetEndpoint()?.DisplayName, exception);
            http.Response.Clear();
            return exception is DbException or { InnerException: DbException } ? ApiProblem.Unreachable() : ApiProblem.Broken();
        }
    }

    private static bool IsBare(HttpResponse response) => response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    private static string Detail(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized when http.Features.Get<RefusedTokenFeature>() is { } token => $"{token.Refusal.Reason} Sign in again.",
        StatusCodes.Status401Unauthorized => http.Features.Get<EndedSessionFeature>() is { } ended
            ? $"This session is over: {SessionWords.Ended(ended.Reason)}. Sign in again."
            : "Sign in first.",
        StatusCodes.Status403Forbidden => "This account may not do that.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address does not take {http.Request.Method}.",
        _ => "This request was refused.",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Endpoint} failed.")]
        public static partial void Failed(ILogger logger, string method, string? endpoint, Exception exception);
    }
}

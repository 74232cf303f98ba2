using System.Data.Common;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;

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
            // A database that is locked, full, read-only or away is not a fault of the request.
            return exception is DbException or { InnerException: DbException }
                ? new ApiProblem(StatusCodes.Status503ServiceUnavailable, "The portal cannot reach its data right now. Try again later.")
                : new ApiProblem(StatusCodes.Status500InternalServerError, "Something went wrong here. It was noted; trying again later may help.");
        }
    }

    private static bool IsBare(HttpResponse response) => response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    private static string Detail(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized when http.Features.Get<RefusedTokenFeature>() is { } token => $"{token.Refusal.Reason} Sign in again.",
        StatusCodes.Status401Unauthorized => http.Features.Get<EndedSessionFeature>() is { } ended
            ? $"This session has ended ({ended.Reason.ToName()}). Sign in again."
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

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Accounts.Captcha;

/// <summary>
/// A siteverify on a loopback port. Gives the answers it was told, in order; a call too many is answered with 400 and
/// remembered like the others, so that a test which counts the calls sees it.
/// </summary>
internal sealed class SiteVerifyServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _calls = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly WebApplication _app;

    private SiteVerifyServer(WebApplication app) => _app = app;

    public string VerifyUrl => $"{_app.Urls.Single()}/siteverify";

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Calls => [.. _calls];

    public static async Task<SiteVerifyServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new SiteVerifyServer(builder.Build());
        server._app.MapPost("/siteverify", server.AnswerAsync);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public void WillAnswer(string body, int status = 200) => _answers.Enqueue(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted);
    });

    public void WillRedirectTo(string location) => _answers.Enqueue(context =>
    {
        context.Response.StatusCode = 307;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    });

    /// <summary>Holds the call until the client gives up.</summary>
    public void WillHang() => _answers.Enqueue(WaitForClientToLeaveAsync);

    /// <summary>Begins an answer and holds the rest until the client gives up.</summary>
    public void WillHangInTheBody() => _answers.Enqueue(async context =>
    {
        await context.Response.WriteAsync("{\"success\":", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await WaitForClientToLeaveAsync(context);
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task WaitForClientToLeaveAsync(HttpContext context)
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (context.RequestAborted.Register(left.SetResult))
        {
            await left.Task;
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        _calls.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = 400;
        }
    }
}

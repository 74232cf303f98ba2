using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Portal.BrowserTests;

/// <summary>The lines between browsers and their circuits, by the value of a cookie.</summary>
internal sealed class Lines : IStartupFilter
{
    public const string CookieName = "test-line";

    private readonly ConcurrentDictionary<string, Line> lines = [];

    public Line Of(string name) => lines.GetOrAdd(name, _ => new Line());

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((http, then) =>
            http.Request.Path.StartsWithSegments("/_blazor") && http.Request.Cookies[CookieName] is { } name && lines.TryGetValue(name, out var line)
                ? line.CarryAsync(http, then)
                : then(http));
        next(app);
    };
}

/// <summary>One browser's line, which a test cuts as a tunnel does, or holds as a slow network does. Pages still load.</summary>
internal sealed class Line
{
    private readonly Lock gate = new();
    private readonly Dictionary<HttpContext, TaskCompletionSource> carried = [];
    private TaskCompletionSource? held;
    private bool isCut;

    /// <summary>
    /// Breaks what is connected and refuses what wants to connect. Over as soon as the server has noticed: it would take back
    /// a page, as if nothing had been, whose loss it does not know of.
    /// </summary>
    public Task CutAsync()
    {
        List<(HttpContext Http, Task Over)> now;
        lock (gate)
        {
            isCut = true;
            now = [.. carried.Select(line => (line.Key, line.Value.Task))];
        }

        now.ForEach(line => line.Http.Abort());
        return Task.WhenAll(now.Select(line => line.Over));
    }

    /// <summary>Lets what wants to connect wait.</summary>
    public void Hold()
    {
        lock (gate)
        {
            held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Restore()
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            (isCut, waiting, held) = (false, held, null);
        }

        waiting?.SetResult();
    }

    public async Task CarryAsync(HttpContext http, RequestDelegate next)
    {
        Task waiting;
        lock (gate)
        {
            waiting = held?.Task ?? Task.CompletedTask;
        }

        await waiting.WaitAsync(http.RequestAborted);
        lock (gate)
        {
            if (isCut)
            {
                http.Abort();
                return;
            }

            carried.Add(http, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            await next(http);
        }
        finally
        {
            TaskCompletionSource? over;
            lock (gate)
            {
                carried.Remove(http, out over);
            }

            over?.SetResult();
        }
    }
}

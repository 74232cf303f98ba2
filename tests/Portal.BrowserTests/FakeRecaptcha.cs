using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.BrowserTests;

/// <summary>Stands in for reCAPTCHA on a loopback port: the script that browsers load and the service that the portal asks.</summary>
internal sealed class FakeRecaptcha : IAsyncDisposable
{
    public const string Passed = """{"success":true,"hostname":"localhost"}""";
    public const string Refused = """{"success":false,"error-codes":["invalid-input-response"]}""";
    public const string Expired = """{"success":false,"error-codes":["timeout-or-duplicate"]}""";
    public const string Broken = "<h1>Service unavailable</h1>";

    private const string Script = """
        window.grecaptcha = {
          ready: then => then(),
          render(place) {
            place.innerHTML = "<label><input type=checkbox> I am not a robot</label><textarea name=g-recaptcha-response hidden></textarea>";
            place.querySelector("input").onchange = event => place.querySelector("textarea").value = event.target.checked ? "ticked" : "";
          },
          execute: (key, { action }) => new Promise(done => setTimeout(() => done(`${key}:${action}`))),
        };
        """;

    private readonly ConcurrentQueue<string> rendered = [];
    private readonly ConcurrentQueue<string> verified = [];
    private readonly WebApplication app;

    private FakeRecaptcha(WebApplication app) => this.app = app;

    /// <summary>What the service says to everything.</summary>
    public string Answer { get; set; } = Passed;

    /// <summary>What browsers asked the script to render.</summary>
    public IReadOnlyCollection<string> Rendered => rendered;

    /// <summary>The responses that the portal had verified.</summary>
    public IReadOnlyCollection<string> Verified => verified;

    public string ScriptUrl => $"{app.Urls.Single()}/api.js";

    public string VerifyUrl => $"{app.Urls.Single()}/siteverify";

    public static async Task<FakeRecaptcha> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeRecaptcha(builder.Build());
        fake.app.MapGet("/api.js", fake.Load);
        fake.app.MapPost("/siteverify", (Delegate)fake.VerifyAsync);
        await fake.app.StartAsync(cancellationToken);
        return fake;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Load(HttpContext http, string? render)
    {
        rendered.Enqueue(render ?? "");
        // Pages of the portal load nothing of other sites that does not say it may be loaded.
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Text(Script, "text/javascript");
    }

    private async Task<IResult> VerifyAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        verified.Enqueue(form["response"].ToString());
        return Results.Text(Answer, "application/json");
    }
}

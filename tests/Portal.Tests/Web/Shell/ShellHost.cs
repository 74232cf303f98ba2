using System.Security.Claims;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Shell;

namespace Portal.Tests.Web.Shell;

/// <summary>The shell alone, in memory, with a static and an interactive page of its own and no accounts behind it.</summary>
internal sealed class ShellHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShellHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    // signedInAs: null for a visitor.
    public static async Task<ShellHost> StartAsync(string? signedInAs = null, string publicUrl = "http://localhost:5080")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Portal",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer().UseStaticWebAssets();
        builder.Configuration.AddInMemoryCollection([new("Portal:SiteName", "Kiosk"), new("Portal:PublicUrl", publicUrl)]);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddShell(builder.Configuration);

        var app = builder.Build();
        app.UseShell();
        app.Use((http, next) =>
        {
            if (signedInAs is not null)
            {
                http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, signedInAs)], "test"));
            }

            return next(http);
        });
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapGet("/trial/broken", IResult () => throw new InvalidOperationException("Broken on purpose."));
        app.MapShell().AddAdditionalAssemblies(typeof(ShellHost).Assembly);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ShellHost(app);
    }

    /// <summary>Opens the page, fills in the form that the CSS selector finds and sends it as a browser would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string form, params (string Name, string Value)[] fields)
    {
        var token = TestContext.Current.CancellationToken;
        using var page = await Client.GetAsync(path, token);
        var document = new HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync(token));
        var element = (IHtmlFormElement)document.QuerySelector(form)!;
        var hidden = element.QuerySelectorAll("[name=_handler], [name=__RequestVerificationToken]")
            .Select(input => new KeyValuePair<string, string>(input.GetAttribute("name")!, input.GetAttribute("value")!));
        using var request = new HttpRequestMessage(HttpMethod.Post, element.GetAttribute("action"));
        request.Content = new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        request.Headers.TryAddWithoutValidation("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return await Client.SendAsync(request, token);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _app.DisposeAsync();
    }
}

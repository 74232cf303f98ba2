using System.Data.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using MudBlazor.Services;
using Portal.Accounts;
using Portal.Controls;

namespace Portal.Shell;

/// <summary>The frame that every page stands in.</summary>
internal static class ShellModule
{
    public static IServiceCollection AddShell(this IServiceCollection services, IConfiguration configuration)
    {
        // A build that is not published would look for every address among its files, and say of one that takes POST alone
        // that it is not there, where a published one says what it takes.
        configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        var portal = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
        services.AddSingleton(new Site(portal.SiteName, portal.PublicUrl));
        services.AddSingleton<ThemeStyles>();
        services.AddTransient<IStartupFilter, HeadRequests>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler>(provider => provider.GetRequiredService<RefusalLog>());
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = portal.IsSecure ? "__Host-portal-form" : "portal-form";
            antiforgery.Cookie.Path = "/";
            // Strict would not come along from a mail or a provider: a new one would take its place, and refuse the forms of every open tab.
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.SecurePolicy = portal.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    /// <summary>
    /// Headers and error pages; the first of all middleware. Authentication, authorization and antiforgery follow.
    /// </summary>
    public static WebApplication UseShell(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Site>().IsSecure)
        {
            // TLS may end at a proxy that does not tell: people come over it all the same, and cookies are made for it.
            app.Use((http, next) =>
            {
                http.Request.Scheme = Uri.UriSchemeHttps;
                return next(http);
            });
        }

        var refusals = app.Services.GetRequiredService<RefusalLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SessionHeaders>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = PortalUrls.Error(StatusCodes.Status500InternalServerError),
                CreateScopeForErrors = true,
                // A database that is locked, full, read-only or away is not a fault of the request: try again later.
                StatusCodeSelector = exception => exception is DbException or { InnerException: DbException }
                    ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status500InternalServerError,
            });
        }

        app.Use((http, next) =>
        {
            // A circuit is opened from this site's own pages alone: browsers send cookies of this site with the handshake of
            // a page from a sibling origin too, and no other rule stops its script from reading the answer.
            if (http.Request.Path.StartsWithSegments("/_blazor") && !ComesFromHere(http.Request))
            {
                refusals.ForeignCircuit(http);
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }

            return next(http);
        });
        app.UseStatusCodePagesWithReExecute($"{PortalUrls.ErrorPath}/{{0}}", createScopeForStatusCodePages: true);
        app.Use(async (http, next) =>
        {
            if (http.Request.Path.StartsWithSegments(PortalUrls.ApiPath) && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                // Programs are answered with problem details, by a room of their own.
                pages.Enabled = false;
            }

            var explains = http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null;
            if (explains)
            {
                // The page that explains a refused post is fetched, not posted to: it holds no form that could take it.
                http.Request.Method = HttpMethods.Get;
            }

            await next(http);
            if (!explains)
            {
                refusals.LookAtForm(http);
            }

            if (http.Response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest, ContentLength: null })
            {
                // A form refused for its antiforgery token is answered by an empty "page", which would pass for an answer.
                http.Response.ContentType = null;
            }
        });
        app.UseMiddleware<ReadableForms>();
        return app;
    }

    /// <summary>Follows what the signed-in person chose. Stands after authentication.</summary>
    public static IApplicationBuilder UsePersonWishes(this IApplicationBuilder app) => app.UseMiddleware<PersonWishes>();

    /// <summary>Leads administrators to the second factor they need. Stands after authorization.</summary>
    public static IApplicationBuilder UseSecondFactorDemand(this IApplicationBuilder app) => app.UseMiddleware<SecondFactorDemand>();

    private static bool ComesFromHere(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == new Uri($"{request.Scheme}://{request.Host}").Authority);

    /// <summary>Files, style sheets, pages and the theme switch.</summary>
    public static RazorComponentsEndpointConventionBuilder MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets();
        endpoints.MapTheme();
        return endpoints.MapRazorComponents<App>()
            // Two windows of history for each open page are more memory than the whole rest of its circuit, and what compresses a
            // secret beside other people's text tells of it by its length. Framing is forbidden by SecurityHeaders all the same.
            .AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true)
            .WithStaticAssets();
    }
}

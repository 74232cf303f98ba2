using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Api;

/// <summary>REST below <c>/api</c>: JSON in snake_case, problem details (RFC 9457) where something is refused.</summary>
internal static class ApiModule
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.SerializerOptions.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower;
        // Answers only: bodies are read by RequestBody. The document would tell of numbers in quotes, of which there are none.
        json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    })
        .AddSingleton<ApiDocument>()
        .AddOpenApi(ApiDocument.Name, ApiDocument.Configure);

    /// <summary>Puts every refusal below <c>/api</c> into problem details, the framework's too. Stands before authentication.</summary>
    public static IApplicationBuilder UseApi(this IApplicationBuilder app) => app.UseWhen(
        http => http.Request.Path.StartsWithSegments(PortalUrls.ApiPath),
        api => api.UseMiddleware<ProblemResponses>());

    /// <summary>Every resource. Each endpoint states who may call it; what all of them share stands here.</summary>
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(PortalUrls.ApiPath)
            .AddEndpointFilter<CrossSiteFilter>()
            .AddEndpointFilter<ParameterFilter>()
            .AddEndpointFilter<ConditionFilter>()
            .WithCommonRefusals()
            .WithMetadata(new RequestSizeLimitAttribute(RequestBody.MaxLength));
        endpoints.MapApiDocument();
        api.MapAntiforgery();
        api.MapSignIn();
        api.MapMe();
        api.MapRegistration();
        api.MapPassword();
        api.MapPasskeys();
        api.MapSessions();
        api.MapTokens();
        api.MapIdentities();
        api.MapProfile();
        api.MapEvents();
        api.MapAdminUserList();
        api.MapAdminUsers();
        api.MapAdminUserBatch();
        api.MapAdminRoles();
        api.MapAdminDomains();
        api.MapAdminDomainLabels();
        api.MapAdminIdentities();
        api.MapAdminMails();
        api.MapAdminEvents();
        api.MapAdminSessions();
    }
}

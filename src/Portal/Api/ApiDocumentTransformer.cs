using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Portal.Controls;

namespace Portal.Api;

/// <summary>What the document says of the whole: where it is, how to prove who one is, what the resources are about.</summary>
internal sealed class ApiDocumentTransformer(Site site, IOptions<AntiforgeryOptions> antiforgery, IOptionsMonitor<CookieAuthenticationOptions> cookies)
    : IOpenApiDocumentTransformer
{
    public const string Cookie = "cookie";
    public const string Antiforgery = "antiforgery";
    public const string Bearer = "bearer";

    private const string Text =
        """
        JSON in and out; bodies may be forms as well. Times are ISO 8601 in UTC. What is refused is told in problem details
        (RFC 9457): `errors` says what to do about each field.

        Programs sign in by `POST /api/login` with `token: true` and send the access token with each request. Browsers sign in for a
        cookie, and send the token of `GET /api/antiforgery` in a header with whatever changes something.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = $"{site.Name} REST", Version = ApiDocument.Name, Description = Text.ReplaceLineEndings("\n") };
        document.Servers = [new OpenApiServer { Url = site.PublicUrl.AbsoluteUri.TrimEnd('/') }];
        document.ExternalDocs = new OpenApiExternalDocs { Description = "The same to read", Url = new Uri(site.PublicUrl, PortalUrls.ReferencePath) };
        document.Tags = new HashSet<OpenApiTag>(ApiTags.All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = cookies.Get(IdentityConstants.ApplicationScheme).Cookie.Name,
                Description = "The session of a browser.",
            },
            [Antiforgery] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = antiforgery.Value.HeaderName,
                Description = $"The token of GET {PortalUrls.ApiPath}/antiforgery; it changes with every sign-in.",
            },
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = $"The access_token of POST {PortalUrls.ApiPath}/login with token, or of POST {PortalUrls.ApiPath}/tokens.",
            },
        };
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Portal.Api;

/// <summary>The document of REST. Anybody may read it: it tells what could be asked for, and the same of every portal of this version.</summary>
internal static class ApiDocumentEndpoints
{
    public static void MapApiDocument(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(PortalUrls.OpenApiPath, GetAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<FileContentHttpResult> GetAsync(HttpContext http, ApiDocument document)
    {
        var written = await document.ReadAsync();
        // Kept, but asked after each time: the next release may tell something else.
        http.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(written.Json, "application/json; charset=utf-8", entityTag: new EntityTagHeaderValue(written.Tag));
    }
}

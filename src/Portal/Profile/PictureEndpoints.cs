using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.Profiles;

namespace Portal.Profile;

/// <summary>The signed-in person's own picture. A version never changes its content, so their browser may keep it; nobody between may.</summary>
internal static class PictureEndpoints
{
    public static void MapPictures(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet($"{PortalUrls.PicturePath}/{{version}}", GetAsync).RequireAuthorization();

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string version, HttpContext http, IPictureService pictures)
    {
        if (await pictures.FindAsync(http.User, version, http.RequestAborted) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(picture.Content, picture.ContentType);
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Controls;

namespace Portal.Shell;

/// <summary>The generated style sheets and the switch between light and dark. Open to everybody.</summary>
internal static class ThemeEndpoints
{
    public const string PortalSheetPath = "/theme.css";
    public const string MudSheetPath = "/theme.mud.css";

    public static void MapTheme(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").WithMetadata(new AllowAnonymousAttribute()).ExcludeFromDescription();
        group.MapGet(PortalSheetPath, (HttpContext http, string? v) => Send(http, ThemeStyles.Portal, v));
        group.MapGet(MudSheetPath, async (HttpContext http, string? v, ThemeStyles styles) => Send(http, await styles.MudAsync(), v));
        group.MapPost(PortalUrls.ThemePath, SwitchAsync).WithMetadata(new RequireAntiforgeryToken());
    }

    private static ContentHttpResult Send(HttpContext http, ThemeStyles.Sheet sheet, string? version)
    {
        // While nodes of two versions run side by side, one may be asked for the other's sheet: that answer must not stay.
        http.Response.Headers.CacheControl = version == sheet.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Text(sheet.Text, "text/css; charset=utf-8");
    }

    private static async Task<Results<BadRequest, RedirectHttpResult>> SwitchAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!RequireAntiforgeryToken.IsMetBy(http) || !http.Request.HasFormContentType)
        {
            return TypedResults.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        return ThemeChoice.TryKeep(http, form["theme"])
            ? TypedResults.LocalRedirect(LocalUrl.Or(form["returnUrl"], PortalUrls.HomePath))
            : TypedResults.BadRequest();
    }
}

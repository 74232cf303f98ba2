using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Acting as somebody else and coming back: each gives the browser another cookie, so each is a form's request.</summary>
internal static class ImpersonationEndpoints
{
    public static void MapImpersonation(this IEndpointRouteBuilder endpoints)
    {
        // Where a sign-in comes back to that stood in between.
        endpoints.MapGet(PortalUrls.ImpersonatePath, () => Results.LocalRedirect(PortalUrls.AdminSessionsPath))
            .RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        endpoints.MapPost(PortalUrls.ImpersonatePath, StartAsync)
            .RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithMetadata(new RequireAntiforgeryToken());
        endpoints.MapGet(PortalUrls.OwnAccountPath, (HttpContext http) => Results.LocalRedirect(HomeOf(http))).RequireAuthorization();
        endpoints.MapPost(PortalUrls.OwnAccountPath, EndAsync).RequireAuthorization().WithMetadata(new RequireAntiforgeryToken());
    }

    private static async Task<IResult> StartAsync(HttpContext http, IImpersonationService impersonation)
    {
        if (!RequireAntiforgeryToken.IsMetBy(http) || !http.Request.HasFormContentType)
        {
            return Results.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var user = form["user"].ToString();
        if (await impersonation.StartAsync(http, user, form["reason"], http.RequestAborted) is not AdminOutcome.Done)
        {
            // The page looks once more and says why.
            return Results.LocalRedirect(PortalUrls.ImpersonationRefused(user));
        }

        SiteData.Clear(http.Response);
        return Results.LocalRedirect(PortalUrls.AccountPath);
    }

    private static async Task<IResult> EndAsync(HttpContext http, IImpersonationService impersonation)
    {
        if (!RequireAntiforgeryToken.IsMetBy(http))
        {
            return Results.BadRequest();
        }

        var person = http.User.IsImpersonated() ? http.User.UserId() : null;
        var isBack = await impersonation.EndAsync(http, http.RequestAborted);
        SiteData.Clear(http.Response);
        return Results.LocalRedirect(isBack ? PortalUrls.AdminUser(string.Create(CultureInfo.InvariantCulture, $"{person}")) : person is not null ? PortalUrls.SignIn(PortalUrls.AdminPath) : PortalUrls.AccountPath);
    }

    /// <summary>Where open pages go, and a sign-in comes back to, after somebody went back to their own session.</summary>
    private static string HomeOf(HttpContext http) => http.User.IsInRole(RoleNames.Administrator) ? PortalUrls.AdminSessionsPath : PortalUrls.AccountPath;
}

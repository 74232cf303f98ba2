using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Account;

/// <summary>What writes a cookie without being a page.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PortalUrls.HomePath, Home).AllowAnonymous();
        endpoints.MapPost(PortalUrls.SignOutPath, SignOutAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryToken());
        // Where a sign-in comes back to that an export was in need of.
        endpoints.MapGet(PortalUrls.ExportPath, () => Results.LocalRedirect(PortalUrls.PrivacyPath)).RequireAuthorization();
        endpoints.MapPost(PortalUrls.ExportPath, ExportAsync).RequireAuthorization().WithMetadata(new RequireAntiforgeryToken());
        endpoints.MapPost(PortalUrls.SeenPath, Seen).RequireAuthorization();
        endpoints.MapGet(PortalUrls.ChangePasswordPath, ChangePassword).AllowAnonymous();
        endpoints.MapGet(PortalUrls.PasskeyEndpointsPath, PasskeyEndpoints).AllowAnonymous();
    }

    private static IResult Home(HttpContext http) =>
        Results.LocalRedirect(http.User.Identity?.IsAuthenticated == true ? AccountPages.Arrival : PortalUrls.SignInPath);

    private static async Task<IResult> SignOutAsync(HttpContext http, ISignInService signIn)
    {
        // The middleware only looks at the token; to refuse is the endpoint's. Who is signed out already, perhaps by an end
        // from elsewhere, has a token of the person they were and nothing left to protect.
        if (http.User.Identity?.IsAuthenticated == true && !RequireAntiforgeryToken.IsMetBy(http))
        {
            return Results.BadRequest();
        }

        await signIn.SignOutAsync(http);
        SiteData.Clear(http.Response);
        return Results.LocalRedirect(PortalUrls.SignedOut(SessionEndReason.You.ToName()));
    }

    /// <summary>Where password managers look for the page (W3C, A Well-Known URL for Changing Passwords).</summary>
    private static Results<RedirectHttpResult, NotFound> ChangePassword(IOptions<AccountsOptions> accounts) =>
        accounts.Value.PasswordChange ? TypedResults.LocalRedirect(PortalUrls.PasswordPath) : TypedResults.NotFound();

    /// <summary>Where password managers lead people who want a passkey here, or to see theirs (W3C, A Well-Known URL for Relying Party Passkey Endpoints).</summary>
    private static Ok<PasskeyPlaces> PasskeyEndpoints(IOptions<PortalOptions> portal) =>
        TypedResults.Ok(new PasskeyPlaces(portal.Value.AbsoluteUrl(PortalUrls.SecurityPath), portal.Value.AbsoluteUrl(PortalUrls.SecurityPath)));

    /// <summary>Everything held about the person, as a file. By POST with a token: it is noted in the log, so no other site may cause it.</summary>
    private static async Task<IResult> ExportAsync(HttpContext http, IPrivacyService privacy)
    {
        if (!RequireAntiforgeryToken.IsMetBy(http))
        {
            return Results.BadRequest();
        }

        return await privacy.ExportAsync(http.User, http.RequestAborted) switch
        {
            ExportOutcome.Ready ready => Results.Stream(target => ready.WriteAsync(target, http.RequestAborted), MediaTypeNames.Application.Json, ready.FileName),
            // The page says why.
            ExportOutcome.Impersonating => Results.LocalRedirect(PortalUrls.PrivacyPath),
            ExportOutcome.NeedsRecentAuthentication => Results.LocalRedirect(PortalUrls.ExportRefused()),
            // The page asks how long by itself.
            ExportOutcome.Throttled => Results.LocalRedirect(PortalUrls.ExportThrottled()),
            _ => Results.LocalRedirect(PortalUrls.PrivacyPath),
        };
    }

    /// <summary>Somebody is at the page: asking is all it takes, the request itself counts.</summary>
    private static IResult Seen() => Results.NoContent();

    internal sealed record PasskeyPlaces(string Enroll, string Manage);
}

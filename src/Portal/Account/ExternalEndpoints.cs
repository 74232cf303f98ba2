using Portal.Accounts.SignIn.External;
using Portal.Controls;

namespace Portal.Account;

/// <summary>Where people come back from a provider, and where providers say that a session is over.</summary>
internal static class ExternalEndpoints
{
    /// <summary>A logout token has a few hundred bytes.</summary>
    private const long MaxNotice = 32 * 1024;

    public static void MapExternal(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PortalUrls.ExternalDonePath, ArriveAsync).AllowAnonymous();
        // No antiforgery: it comes from a server, without a cookie, and is believed for its signature alone.
        endpoints.MapPost($"{PortalUrls.ProviderLogoutPath}/{{scheme}}", LogoutAsync).AllowAnonymous()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxNotice));
    }

    private static async Task<IResult> ArriveAsync(HttpContext http, IExternalSignInService external) =>
        Results.LocalRedirect(await external.ArriveAsync(http, http.RequestAborted) switch
        {
            ExternalOutcome.SignedIn signedIn => AccountPages.After(signedIn.ReturnUrl),
            ExternalOutcome.Full full => PortalUrls.TooManySessions(LocalUrl.IsLocal(full.ReturnUrl) ? full.ReturnUrl : null),
            ExternalOutcome.NeedsSecondFactor waiting => PortalUrls.TwoFactor(LocalUrl.IsLocal(waiting.ReturnUrl) ? waiting.ReturnUrl : null),
            ExternalOutcome.Unknown unknown => PortalUrls.ExternalRegister(LocalUrl.IsLocal(unknown.ReturnUrl) ? unknown.ReturnUrl : null),
            ExternalOutcome.Linked linked => PortalUrls.IdentityLinked(linked.Provider),
            ExternalOutcome.Confirmed => PortalUrls.IdentityConfirmed,
            ExternalOutcome.Refused { Purpose: ExternalPurpose.SignIn } refused => PortalUrls.SignInRefused(refused.Why.ToName()),
            ExternalOutcome.Refused { Purpose: ExternalPurpose.Confirm } refused => PortalUrls.ConfirmationRefused(refused.Why.ToName()),
            ExternalOutcome.Refused refused => PortalUrls.IdentitiesRefused(refused.Why.ToName()),
            _ => PortalUrls.SignInPath,
        });

    /// <summary>OpenID Connect Back-Channel Logout 1.0, section 2.8: 200, or 400 with an error in JSON; never to be cached.</summary>
    private static async Task<IResult> LogoutAsync(string scheme, HttpContext http, IProviderLogout logout)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
        {
            return Refuse("The body must be a form with logout_token.");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        // Told once the provider asked: whether it waits for the answer or not.
        return await logout.EndAsync(scheme, form["logout_token"], CancellationToken.None) switch
        {
            ProviderLogoutOutcome.Done => Results.Ok(),
            ProviderLogoutOutcome.Invalid invalid => Refuse(invalid.Why),
            ProviderLogoutOutcome.NoSuchProvider => Results.NotFound(),
            _ => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
        };
    }

    private static IResult Refuse(string why) =>
        Results.Json(new { error = "invalid_request", error_description = why }, statusCode: StatusCodes.Status400BadRequest);
}

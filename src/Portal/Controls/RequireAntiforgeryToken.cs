using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Controls;

/// <summary>Has the middleware look at the token of what is sent to an endpoint that reads its form itself. To refuse is the endpoint's.</summary>
internal sealed class RequireAntiforgeryToken : IAntiforgeryMetadata
{
    public bool RequiresValidation => true;

    /// <summary>Whether it came with a token of this site and person.</summary>
    public static bool IsMetBy(HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true };
}

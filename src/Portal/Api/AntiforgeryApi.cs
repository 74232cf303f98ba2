using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Portal.Api;

/// <summary>The token that browsers send back with whatever changes something. It belongs to who asks: ask again after signing in.</summary>
internal static class AntiforgeryApi
{
    public static void MapAntiforgery(this IEndpointRouteBuilder api) => api.MapGet("/antiforgery", Get).AllowAnonymous()
        .Named("getAntiforgeryToken", "The token that a browser sends back with whatever changes something.").WithTags(ApiTags.SignIn);

    private static Ok<AntiforgeryToken> Get(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return TypedResults.Ok(new AntiforgeryToken(tokens.HeaderName!, tokens.RequestToken!));
    }

    /// <summary>A header to send.</summary>
    /// <param name="Header">The header's name.</param>
    /// <param name="Token">Its value.</param>
    internal sealed record AntiforgeryToken(string Header, string Token) : IExample
    {
        public static object Example => new AntiforgeryToken("RequestVerificationToken", "CfDJ8Nb4c-3Vt1oZp0T7b8Hq");
    }
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Portal.Api;

/// <summary>The token that browsers send back with whatever changes something. It belongs to who asks: ask again after signing in.</summary>
internal static class AntiforgeryApi
{
    public static void MapAntiforgery(this IEndpointRouteBuilder api) => api.MapGet("/antiforgery", Get).AllowAnonymous();

    private static Ok<Answer> Get(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return TypedResults.Ok(new Answer(tokens.HeaderName!, tokens.RequestToken!));
    }

    /// <param name="Header">The header's name.</param>
    /// <param name="Token">Its value.</param>
    private sealed record Answer(string Header, string Token);
}

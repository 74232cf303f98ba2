using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.Tokens;

namespace Portal.Api;

/// <summary>Access tokens for the session that asks.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder api) => api.MapPost("/tokens", IssueAsync).RequireAuthorization()
        .Named("createToken", "An access token for the session that asks; it ends with the session, and with its key.").WithTags(ApiTags.SignIn).ByCookieOnly()
        .Refuses(StatusCodes.Status403Forbidden, "An access token buys no other; or the antiforgery token is missing or wrong.");

    private static async Task<Results<Ok<TokenAnswer>, UnauthorizedHttpResult, ApiProblem>> IssueAsync(HttpContext http, ITokenService tokens) =>
        // One that leaked would live as long as its session.
        http.IsByToken() ? new ApiProblem(StatusCodes.Status403Forbidden, "An access token buys no other. Sign in again, by POST /api/login with token.")
        : await tokens.IssueAsync(http.User, cancellationToken: http.RequestAborted) is { } token
            ? TypedResults.Ok(TokenAnswer.Of(token))
            : TypedResults.Unauthorized();
}

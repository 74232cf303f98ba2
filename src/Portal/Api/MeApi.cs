using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts.Administration;
using Portal.Accounts.Sessions;

namespace Portal.Api;

/// <summary>Who is signed in.</summary>
internal static class MeApi
{
    public static void MapMe(this IEndpointRouteBuilder api) => api.MapGet("/me", GetAsync).RequireAuthorization()
        .Named("getMe", "Who is signed in.").WithTags(ApiTags.Account);

    private static async Task<Results<Ok<UserAnswer>, UnauthorizedHttpResult>> GetAsync(HttpContext http, IUserAdmin users) =>
        http.User.UserId() is { } id && await UserAnswer.OfAsync(users, id, http.RequestAborted) is { } user
            ? TypedResults.Ok(user)
            : TypedResults.Unauthorized();
}

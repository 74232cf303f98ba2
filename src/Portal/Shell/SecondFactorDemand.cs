using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Sessions;
using Portal.Api;

namespace Portal.Shell;

/// <summary>
/// Where administrators need a second factor, leads those whose session has none to where they set one up or give it, and
/// answers programs 403. Stands after authorization, which has told everybody else already. Every change asks once more behind its door.
/// </summary>
internal sealed class SecondFactorDemand(RequestDelegate next, IOptions<AccountsOptions> accounts)
{
    private const string AdminApiPath = $"{PortalUrls.ApiPath}/admin";

    public Task InvokeAsync(HttpContext http)
    {
        var (isPage, isProgram) = (http.Request.Path.StartsWithSegments(PortalUrls.AdminPath), http.Request.Path.StartsWithSegments(AdminApiPath));
        if (!accounts.Value.Administrators.RequireSecondFactor
            || !(isPage || isProgram)
            || !http.User.IsInRole(RoleNames.Administrator)
            || http.User.HasSecondFactor())
        {
            return next(http);
        }

        if (isProgram)
        {
            return new ApiProblem(
                StatusCodes.Status403Forbidden,
                $"Administering needs a second factor. Set one up at {PortalUrls.SecurityPath}, or send \"code\" to POST {PortalUrls.ApiPath}/confirm-password, then send this again.")
                .ExecuteAsync(http);
        }

        http.Response.Redirect(PortalUrls.SecurityFor(HttpMethods.IsGet(http.Request.Method) ? $"{http.Request.Path}{http.Request.QueryString}" : PortalUrls.AdminPath));
        return Task.CompletedTask;
    }
}

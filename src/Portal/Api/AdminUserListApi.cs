using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Users for administrators, page by page. <c>q</c> searches addresses, usernames, full names and ids; <c>state</c>,
/// <c>verified</c>, <c>second_factor</c>, <c>locked</c>, <c>online</c>, <c>role</c> and <c>domain</c> narrow.
/// </summary>
internal static class AdminUserListApi
{
    private const int UsualSize = 50;
    private const string UsualSort = "email";

    public static void MapAdminUserList(this IEndpointRouteBuilder api) =>
        api.MapGet("/admin/users", ListAsync).RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator })
            .Named("listUsers", "Users, page by page.").WithTags(ApiTags.Users)
            .Reads(
            [
                new ParameterText("q", "Searches addresses, usernames, full names and ids.") { Example = "lovelace" },
                ParameterText.OneOf("state", "In this state only.", UserStateNames.All),
                ParameterText.Filter("verified", "Who is trusted only."),
                ParameterText.Flag("second_factor", "True: only who has two-step verification; false: only the others."),
                ParameterText.Filter("locked", "Who must wait after too many failed attempts only."),
                ParameterText.Filter("online", "Who has an open tab only."),
                new ParameterText("role", "Who has this role, by name.") { Example = "editors" },
                new ParameterText("domain", "Whose address is of this domain.") { Example = "example.org" },
                .. ListParameters.Texts(UsualSort, UserSortNames.All, UsualSize),
            ]);

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<PageAnswer<ListedUser>>, ApiProblem>> ListAsync(
        HttpContext http, IUserList users, [AsParameters] ListParameters part, string? q, string? state, string? verified,
        [FromQuery(Name = "second_factor")] string? secondFactor, string? locked, string? online, string? role, string? domain)
    {
        List<FieldError> errors = [];
        if (!string.IsNullOrEmpty(state) && UserStateNames.FromName(state) is null)
        {
            errors.Add(new FieldError("State", $"Give {string.Join(", ", UserStateNames.All)}."));
        }

        var hasSecondFactor = ListParameters.ReadFlag(errors, "SecondFactor", secondFactor);
        var (column, isDescending) = part.ReadSort(errors, UsualSort, UserSortNames.All);
        var window = part.ReadWindow(errors, UsualSize);
        var filter = new UserFilter
        {
            Text = q,
            State = UserStateNames.FromName(state),
            IsVerified = ListParameters.ReadFilter(errors, "Verified", verified),
            HasSecondFactor = hasSecondFactor,
            IsLocked = ListParameters.ReadFilter(errors, "Locked", locked),
            IsOnline = ListParameters.ReadFilter(errors, "Online", online),
            Role = string.IsNullOrEmpty(role) ? null : role,
            Domain = domain,
        };
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        return PageAnswer<ListedUser>.Answer(
            part, await users.ListAsync(filter, UserSortNames.FromName(column)!.Value, isDescending, window, http.RequestAborted), ListedUser.Of);
    }

    /// <summary>A user in a list.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Email">The address.</param>
    /// <param name="Username">The username; null for none.</param>
    /// <param name="FullName">What their profile calls them; null where it is empty.</param>
    /// <param name="State">What stands between them and signing in: active, unconfirmed, inactive or blocked.</param>
    /// <param name="Verified">Whether they are trusted.</param>
    /// <param name="SecondFactor">Whether a sign-in by password asks them for a code.</param>
    /// <param name="ConfirmedAt">When the address was confirmed; null when it was not.</param>
    /// <param name="LastLoginAt">When they last signed in; null when never.</param>
    /// <param name="Created">When the account was made.</param>
    /// <param name="Sessions">How many live sessions they have.</param>
    /// <param name="Tabs">How many tabs of interactive pages they have open.</param>
    /// <param name="Roles">What they may do beyond their own account.</param>
    internal sealed record ListedUser(
        long Id,
        string Email,
        string? Username,
        string? FullName,
        string State,
        bool Verified,
        bool SecondFactor,
        DateTimeOffset? ConfirmedAt,
        DateTimeOffset? LastLoginAt,
        DateTimeOffset Created,
        int Sessions,
        int Tabs,
        IReadOnlyList<UserAnswer.Role> Roles) : IExample
    {
        public static object Example => new ListedUser(
            7, "ada@example.org", "ada", "Ada Lovelace", "active", false, true, ApiExamples.Moment, ApiExamples.Moment, ApiExamples.Moment, 2, 1, [(UserAnswer.Role)UserAnswer.Role.Example]);

        public static ListedUser Of(ListedUserInfo user) => new(
            user.Id, user.Email, user.UserName, user.FullName, user.State.ToString().ToLowerInvariant(), user.IsVerified, user.HasSecondFactor, user.ConfirmedAt,
            user.SignedInAt, user.CreatedAt, user.Sessions, user.Tabs,
            [.. user.Roles.Select(role => new UserAnswer.Role(role.Id, role.Name, role.Description))]);
    }
}

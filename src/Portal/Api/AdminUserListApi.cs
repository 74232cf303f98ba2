using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Users for administrators, page by page. <c>q</c> searches addresses, usernames, full names and ids; <c>state</c>,
/// <c>verified</c>, <c>locked</c>, <c>online</c>, <c>role</c> and <c>domain</c> narrow; <c>sort</c> is a column's name, behind
/// a hyphen for descending; <c>size</c> is 1 to 200, 50 by default. <c>next</c> of one answer is <c>after</c> of the following
/// request; <c>page</c>, from 1, reaches the first 10,000.
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
                new ParameterText("q", "Searches addresses, usernames, full names and ids."),
                ParameterText.OneOf("state", "In this state only.", States),
                ParameterText.Flag("verified", "True: who is trusted only."),
                ParameterText.Flag("locked", "True: who must wait after too many failed attempts only."),
                ParameterText.Flag("online", "True: who has an open tab only."),
                new ParameterText("role", "Who has this role, by name."),
                new ParameterText("domain", "Whose address is of this domain.") { Example = "example.org" },
                ParameterText.Sort(UsualSort, UserSortNames.All),
                ParameterText.Number("page", "Which page, from 1; reaches the first 10,000.", ListTotal.Most + 1),
                .. ParameterText.Paging(ListWindow.MaxSize, UsualSize),
            ]);

    private static IEnumerable<string> States => Enum.GetNames<UserState>().Select(name => name.ToLowerInvariant());

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<UserPage>, ApiProblem>> ListAsync(
        HttpContext http, IUserList users, string? q, string? state, string? verified, string? locked, string? online,
        string? role, string? domain, string? sort, string? size, string? page, string? after)
    {
        List<FieldError> errors = [];
        UserState? inState = null;
        if (!string.IsNullOrEmpty(state))
        {
            inState = Enum.TryParse<UserState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsAsciiDigit(state[0]) ? named : null;
            Demand(inState is not null, "State", $"Give {string.Join(", ", States)}.");
        }

        var order = string.IsNullOrEmpty(sort) ? UsualSort : sort;
        var column = UserSortNames.FromName(order.TrimStart('-'));
        Demand(column is not null, "Sort", $"Give {string.Join(", ", UserSortNames.All)}; behind a hyphen for descending.");
        var rows = Number("Size", size, UsualSize, ListWindow.MaxSize);
        var number = Number("Page", page, 1, (ListTotal.Most / rows) + 1);
        var filter = new UserFilter
        {
            Text = q,
            State = inState,
            IsVerified = Flag("Verified", verified),
            IsLocked = Flag("Locked", locked),
            IsOnline = Flag("Online", online),
            Role = string.IsNullOrEmpty(role) ? null : role,
            Domain = string.IsNullOrEmpty(domain) ? null : domain.ToLowerInvariant(),
        };
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var list = await users.ListAsync(filter, column!.Value, order.StartsWith('-'), new ListWindow { Size = rows, After = after, Skip = (number - 1) * rows }, http.RequestAborted);
        return TypedResults.Ok(new UserPage(list.Total.Count, list.Total.IsExact, [.. list.Results.Select(ListedUser.Of)], list.Next));

        bool Flag(string field, string? text)
        {
            Demand(text is null or "" or "true" or "false", field, "Give true or false.");
            return text == "true";
        }

        int Number(string field, string? text, int usual, int most)
        {
            if (string.IsNullOrEmpty(text))
            {
                return usual;
            }

            var isRight = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given >= 1 && given <= most;
            Demand(isRight, field, string.Create(CultureInfo.InvariantCulture, $"Give a whole number from 1 to {most}{(field == "Page" ? "; further on, \"next\" of an answer is \"after\" of the following request" : "")}."));
            return isRight ? given : usual;
        }

        void Demand(bool holds, string field, string message)
        {
            if (!holds)
            {
                errors.Add(new FieldError(field, message));
            }
        }
    }

    /// <summary>A page of users.</summary>
    /// <param name="Total">How many match; where <paramref name="TotalIsExact"/> is false, more than this.</param>
    /// <param name="TotalIsExact">Whether counting reached the end.</param>
    /// <param name="Results">The page.</param>
    /// <param name="Next">What to ask for next; null at the end.</param>
    internal sealed record UserPage(long Total, bool TotalIsExact, IReadOnlyList<ListedUser> Results, string? Next) : IExample
    {
        public static object Example => new UserPage(1, true, [(ListedUser)ListedUser.Example], null);
    }

    /// <summary>A user in a list.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Email">The address.</param>
    /// <param name="Username">The username; null for none.</param>
    /// <param name="FullName">What their profile calls them; null where it is empty.</param>
    /// <param name="State">What stands between them and signing in: active, unconfirmed, inactive or blocked.</param>
    /// <param name="Verified">Whether they are trusted.</param>
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
        DateTimeOffset? ConfirmedAt,
        DateTimeOffset? LastLoginAt,
        DateTimeOffset Created,
        int Sessions,
        int Tabs,
        IReadOnlyList<UserAnswer.Role> Roles) : IExample
    {
        public static object Example => new ListedUser(
            7, "ada@example.org", "ada", "Ada Lovelace", "active", false, ApiExamples.Moment, ApiExamples.Moment, ApiExamples.Moment, 2, 1, [(UserAnswer.Role)UserAnswer.Role.Example]);

        public static ListedUser Of(ListedUserInfo user) => new(
            user.Id, user.Email, user.UserName, user.FullName, user.State.ToString().ToLowerInvariant(), user.IsVerified, user.ConfirmedAt,
            user.SignedInAt, user.CreatedAt, user.Sessions, user.Tabs,
            [.. user.Roles.Select(role => new UserAnswer.Role(role.Id, role.Name, role.Description))]);
    }
}

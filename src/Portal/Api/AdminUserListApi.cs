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
        api.MapGet("/admin/users", ListAsync).RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<Listed>, ApiProblem>> ListAsync(
        HttpContext http, IUserList users, string? q, string? state, string? verified, string? locked, string? online,
        string? role, string? domain, string? sort, string? size, string? page, string? after)
    {
        List<FieldError> errors = [];
        UserState? inState = null;
        if (!string.IsNullOrEmpty(state))
        {
            inState = Enum.TryParse<UserState>(state, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsAsciiDigit(state[0]) ? named : null;
            Demand(inState is not null, "State", $"Give {string.Join(", ", Enum.GetNames<UserState>()).ToLowerInvariant()}.");
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
        return TypedResults.Ok(new Listed(list.Total.Count, list.Total.IsExact, [.. list.Results.Select(User.Of)], list.Next));

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

    /// <param name="Total">How many match; where <paramref name="TotalIsExact"/> is false, more than this.</param>
    /// <param name="TotalIsExact">Whether counting reached the end.</param>
    /// <param name="Results">The page.</param>
    /// <param name="Next">What to ask for next; null at the end.</param>
    private sealed record Listed(long Total, bool TotalIsExact, IReadOnlyList<User> Results, string? Next);

    private sealed record User(
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
        IReadOnlyList<UserAnswer.Role> Roles)
    {
        public static User Of(ListedUserInfo user) => new(
            user.Id, user.Email, user.UserName, user.FullName, user.State.ToString().ToLowerInvariant(), user.IsVerified, user.ConfirmedAt,
            user.SignedInAt, user.CreatedAt, user.Sessions, user.Tabs,
            [.. user.Roles.Select(role => new UserAnswer.Role(role.Id, role.Name, role.Description))]);
    }
}

using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>A user as they see themself.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The address.</param>
/// <param name="Username">The username; null for none.</param>
/// <param name="ConfirmedAt">When the address was confirmed; null when it was not.</param>
/// <param name="LastLoginAt">When they signed in the time before their latest; that one where it is their only; null when never.</param>
/// <param name="Roles">What they may do beyond their own account.</param>
internal sealed record UserAnswer(
    long Id,
    string Email,
    string? Username,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? LastLoginAt,
    IReadOnlyList<UserAnswer.Role> Roles) : IExample
{
    public static object Example => new UserAnswer(7, "ada@example.org", "ada", ApiExamples.Moment, ApiExamples.Moment, [(Role)Role.Example]);

    /// <summary>The user of that id; null when there is none any more.</summary>
    public static async Task<UserAnswer?> OfAsync(IUserAdmin users, long id, CancellationToken cancellationToken) =>
        await users.FindAsync(id.ToString(CultureInfo.InvariantCulture), cancellationToken) is { } user
            ? new UserAnswer(
                user.Id, user.Email, user.UserName, user.ConfirmedAt, user.PreviousSignInAt,
                [.. user.Roles.Select(role => new Role(role.Id, role.Name, role.Description))])
            : null;

    /// <summary>A role somebody has.</summary>
    /// <param name="Id">The id.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Description">What it is for; null when nobody said.</param>
    internal sealed record Role(long Id, string Name, string? Description) : IExample
    {
        public static object Example => new Role(3, "editors", "May change articles.");
    }
}

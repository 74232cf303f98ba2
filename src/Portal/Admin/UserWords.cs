using Portal.Accounts;

namespace Portal.Admin;

/// <summary>Puts what operators see of users into words.</summary>
internal static class UserWords
{
    public static string Of(UserState state) => state switch
    {
        UserState.Active => "Active",
        UserState.Unconfirmed => "Unconfirmed",
        UserState.Inactive => "Inactive",
        UserState.Blocked => "Blocked",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };
}

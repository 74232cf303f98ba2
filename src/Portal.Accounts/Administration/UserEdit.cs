using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>What an operator wants changed of a user, and what they knew when they wanted it.</summary>
/// <param name="Changes">
/// The fields to change and no others: <see cref="Email"/>, <see cref="UserName"/>, and what <see cref="PreferenceNames"/>
/// names. Null or an empty text empties a field.
/// </param>
public sealed record UserEdit(IReadOnlyDictionary<string, string?> Changes)
{
    /// <summary>The name of the address. Another one is unconfirmed until its person follows the link mailed to it.</summary>
    public const string Email = "email";

    /// <summary>The name of the username.</summary>
    public const string UserName = "username";

    /// <summary>Why, for the log: at most 500 characters, and required for the address of another administrator. Kept with a change of address; null for none.</summary>
    public string? Reason { get; init; }

    /// <summary>What those fields held when the operator read them, by which others' changes are told field by field. Null where that is not known: then <see cref="Version"/> decides.</summary>
    public IReadOnlyDictionary<string, string?>? Before { get; init; }

    /// <summary>The version that was read. When the account has another by now, a field that holds something else than is wanted counts as changed by somebody. Null, without <see cref="Before"/>: whatever is there is replaced.</summary>
    public string? Version { get; init; }
}

using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>What a person wants changed, and what they knew when they wanted it.</summary>
/// <param name="Changes">The fields to change and no others, named as <see cref="PreferenceNames"/> says. Null or an empty text empties a field.</param>
public sealed record ProfileEdit(IReadOnlyDictionary<string, string?> Changes)
{
    /// <summary>
    /// What those fields held when the person read them, by which others' changes are told field by field. Null where that
    /// is not known: then <see cref="Version"/> decides.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Before { get; init; }

    /// <summary>
    /// The version that was read. When the account has another by now, a field that holds something else than is wanted
    /// counts as changed by somebody. Null, without <see cref="Before"/>: whatever is there is replaced.
    /// </summary>
    public string? Version { get; init; }
}

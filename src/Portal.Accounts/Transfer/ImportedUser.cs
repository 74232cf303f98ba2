using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>A user of a line that is right in itself.</summary>
/// <param name="Row">Their row, the number of which is the file's until one is given.</param>
/// <param name="Login">When they signed in; null for nothing.</param>
/// <param name="Roles">The names of their roles, each once.</param>
/// <param name="Identities">Their external identities.</param>
internal sealed record ImportedUser(User Row, LoginInformation? Login, IReadOnlyList<string> Roles, IReadOnlyList<UserIdentity> Identities)
{
    /// <summary>What no two users may have in common; their address first.</summary>
    public required IReadOnlyList<SeenValue> Unique { get; init; }

    /// <summary>Whether the line says when the account was made.</summary>
    public bool HasOwnCreation { get; init; }

    /// <summary>Their picture; null for none.</summary>
    public UserPicture? Picture { get; init; }

    /// <summary>Their passkeys, not sealed.</summary>
    public IReadOnlyList<UserPasskey> Passkeys { get; init; } = [];

    /// <summary>Their authenticator app; null for none.</summary>
    public Authenticator? Authenticator { get; init; }

    /// <summary>Their unused recovery codes.</summary>
    public IReadOnlyList<RecoveryCode> RecoveryCodes { get; init; } = [];
}

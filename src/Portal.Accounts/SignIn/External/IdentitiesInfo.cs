namespace Portal.Accounts.SignIn.External;

/// <summary>A person's linked identities, and how else they can sign in.</summary>
/// <param name="Linked">The identities, the oldest first.</param>
/// <param name="HasPassword">Whether they have a password with which they can sign in.</param>
/// <param name="HasPasskey">Whether they have a passkey.</param>
/// <param name="OtherSessions">How many other live sessions they have.</param>
public sealed record IdentitiesInfo(IReadOnlyList<LinkedIdentityInfo> Linked, bool HasPassword, bool HasPasskey, int OtherSessions)
{
    /// <summary>Whether an identity is the last way in, which cannot be removed.</summary>
    public bool IsLastWayIn(LinkedIdentityInfo identity) =>
        !HasPassword && !HasPasskey && !Linked.Any(other => other.Id != identity.Id && other.IsUsable);
}

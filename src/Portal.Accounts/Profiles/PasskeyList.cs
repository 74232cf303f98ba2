using Portal.Accounts.Data;

namespace Portal.Accounts.Profiles;

/// <summary>A person's passkeys.</summary>
/// <param name="Passkeys">The oldest first.</param>
/// <param name="Signal">What password managers are told of them; null while the person never had one.</param>
public sealed record PasskeyList(IReadOnlyList<PasskeyInfo> Passkeys, PasskeySignal? Signal)
{
    /// <summary>How many one person may have.</summary>
    public const int MaxPasskeys = UserPasskey.MaxPerUser;

    /// <summary>The longest name of one.</summary>
    public const int MaxNameLength = UserPasskey.MaxNameLength;

    /// <summary>Whether there is no room for another.</summary>
    public bool IsFull => Passkeys.Count >= MaxPasskeys;
}

namespace Portal.Accounts.Sessions;

/// <summary>What becomes of a sign-in by somebody who has as many live sessions as a user may have.</summary>
public enum WhenFull
{
    /// <summary>It succeeds, and the session that was not seen for longest ends with the reason <c>replaced</c>.</summary>
    EndOldest,

    /// <summary>It is refused, until one of their sessions has ended.</summary>
    Refuse,
}

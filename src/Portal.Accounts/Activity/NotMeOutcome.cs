namespace Portal.Accounts.Activity;

/// <summary>What became of "This wasn't me".</summary>
public enum NotMeOutcome
{
    /// <summary>Noted; the session it was done in had ended already, or there is none.</summary>
    Noted,

    /// <summary>Noted, and the session it was done in has ended; its open pages have been told to leave.</summary>
    SessionEnded,

    /// <summary>The person must first prove once more who they are; nothing changed. The link in a mail about that sign-in, where there was one, needs no proof but the mailbox.</summary>
    NeedsRecentAuthentication,

    /// <summary>Noted, and the session has ended; but the address that it replaced belongs to somebody else by now, or may not be used, and did not come back.</summary>
    AddressLost,

    /// <summary>An administrator acts as this person, who alone can know; nothing changed.</summary>
    Impersonating,

    /// <summary>They have no such event that could be reported, it was done in the very session that asks, or that session has ended.</summary>
    NotFound,
}

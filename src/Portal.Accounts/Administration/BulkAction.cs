namespace Portal.Accounts.Administration;

/// <summary>What can be done with many users at once. Each means for every one of them what it means for a single one.</summary>
public enum BulkAction
{
    /// <summary>They may sign in.</summary>
    Activate,

    /// <summary>They may not sign in; their sessions end.</summary>
    Deactivate,

    /// <summary>The same with a mark for misuse; needs a reason.</summary>
    Block,

    /// <summary>They are trusted, and active for it.</summary>
    Verify,

    /// <summary>Their addresses count as confirmed.</summary>
    Confirm,

    /// <summary>They are mailed a link for a new password.</summary>
    SendReset,

    /// <summary>They get the role.</summary>
    GiveRole,

    /// <summary>They lose the role.</summary>
    TakeRole,
}

namespace Portal.Accounts.Events;

/// <summary>What became of it.</summary>
public enum AccountChangeKind
{
    /// <summary>It is new.</summary>
    Created,

    /// <summary>It is different.</summary>
    Changed,

    /// <summary>It is gone.</summary>
    Deleted,
}

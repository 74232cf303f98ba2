namespace Portal.Accounts.Data;

/// <summary>How many users of one e-mail domain are in one state. Kept by the database itself, see <see cref="UserCountsSchema"/>; never written from here.</summary>
internal sealed class UserCount
{
    /// <summary>As <see cref="User.Domain"/>; empty for users without one.</summary>
    public required string Domain { get; init; }

    public bool IsActive { get; init; }

    public bool IsConfirmed { get; init; }

    public bool IsVerified { get; init; }

    public bool IsBlocked { get; init; }

    public bool HasSecondFactor { get; init; }

    public long Count { get; init; }
}

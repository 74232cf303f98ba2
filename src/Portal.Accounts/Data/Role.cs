using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Data;

internal sealed class Role : IdentityRole<long>, ITimestamped
{
    public string? Description { get; set; }

    /// <summary>True when this portal owns the role; false when another system provides it and it is read-only here.</summary>
    public bool IsManaged { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

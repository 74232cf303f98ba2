using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Data;

/// <summary>An external identity: provider and subject. One a provider for each user.</summary>
internal sealed class UserIdentity : IdentityUserLogin<long>, ITimestamped
{
    /// <summary>Names the link in addresses and lists. No secret; the external id itself is other people's text.</summary>
    public string Id { get; set; } = Guid.CreateVersion7().ToString("N");

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Data;

/// <summary>An external identity: provider and subject. One a provider for each user.</summary>
internal sealed class UserIdentity : IdentityUserLogin<long>, ITimestamped
{
    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Data;

/// <summary>A passkey: the public half of a key pair whose secret half never left the person's device or password manager.</summary>
internal sealed class UserPasskey : IdentityUserPasskey<long>
{
    /// <summary>How many one person may have.</summary>
    public const int MaxPerUser = 20;

    /// <summary>The longest name of one.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Names it in lists. No secret; the credential's own id is between the portal and the browser.</summary>
    public string Id { get; set; } = Guid.CreateVersion7().ToString("N");

    /// <summary>When it last proved who its person is; null when it never did since it was added.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Binds key, credential and person together under a key that is not in the database: a row written by another hand opens nothing.</summary>
    public byte[] Seal { get; set; } = [];
}

using System.Security.Claims;

namespace Portal.Accounts.Profiles;

/// <summary>A person's own picture. Every call acts as the given person and reaches their account only; any place may call it.</summary>
public interface IPictureService
{
    /// <summary>The most bytes a file may have: 5 MB of 1,048,576 bytes.</summary>
    const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>
    /// Makes a picture of a PNG, JPEG or WebP file: upright, cropped to a square, at most 512 pixels wide, encoded anew
    /// without anything that came with it. One file at a time is decoded on a node; others wait. Publishes
    /// <see cref="Events.AccountEvent.UserChanged"/>.
    /// </summary>
    /// <param name="person">Whose.</param>
    /// <param name="file">Read to its end, but no further than the limit.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<PictureOutcome> SaveAsync(ClaimsPrincipal person, Stream file, CancellationToken cancellationToken = default);

    /// <summary>Takes the picture away; fine too when there is none. Publishes <see cref="Events.AccountEvent.UserChanged"/>.</summary>
    Task<PictureOutcome> RemoveAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>The person's picture of that version; null when they have none or another by now.</summary>
    Task<PictureInfo?> FindAsync(ClaimsPrincipal person, string version, CancellationToken cancellationToken = default);
}

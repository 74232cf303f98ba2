using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>A person's profile and preferences, as they were when they were read.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Email">Their address.</param>
/// <param name="UserName">Their username as typed; null when they have none.</param>
/// <param name="Values">Every field of the profile and every preference, named as <see cref="PreferenceNames"/> says; null where it is empty.</param>
/// <param name="PictureVersion">Which picture they have; null for none.</param>
/// <param name="Version">Changes whenever the account does; opaque.</param>
public sealed record ProfileInfo(
    long UserId, string Email, string? UserName, IReadOnlyDictionary<string, string?> Values, string? PictureVersion, string Version);

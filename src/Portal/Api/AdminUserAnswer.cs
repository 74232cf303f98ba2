using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>A user as administrators see them.</summary>
/// <param name="Id">The id.</param>
/// <param name="Email">The address.</param>
/// <param name="Username">The username; null for none.</param>
/// <param name="Active">Whether they may sign in.</param>
/// <param name="ConfirmedAt">When the address was confirmed; null when it was not.</param>
/// <param name="BlockedAt">When they were blocked; null when not.</param>
/// <param name="VerifiedAt">When they were trusted; null when not.</param>
/// <param name="TooManyWrongPasswords">Whether so many were wrong in a row that none is taken but in browsers they signed in with; <c>activate</c> begins anew.</param>
/// <param name="LastLoginAt">When they last signed in; null when never.</param>
/// <param name="Created">When the account was made.</param>
/// <param name="Roles">What they may do beyond their own account.</param>
/// <param name="Profile">The fields of their profile, by name.</param>
/// <param name="Preferences">Their preferences, by name.</param>
/// <param name="Invited">Whether they were invited and have yet to choose a password.</param>
/// <param name="NewEmail">The address they asked for and have yet to confirm; null for none.</param>
/// <param name="HasPassword">Whether they have a password.</param>
/// <param name="SecondFactorSince">Since when an authenticator app is asked of them; null for none.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes they have left.</param>
/// <param name="Passkeys">Their passkeys, the oldest first.</param>
/// <param name="Providers">The external providers they linked, by name.</param>
/// <param name="SignIns">How often they signed in.</param>
/// <param name="Version">What If-Match takes; changes with names, address, profile, preferences, state and roles, not with ways to sign in or sign-ins.</param>
internal sealed record AdminUserAnswer(
    long Id,
    string Email,
    string? Username,
    bool Active,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? BlockedAt,
    DateTimeOffset? VerifiedAt,
    bool TooManyWrongPasswords,
    DateTimeOffset? LastLoginAt,
    DateTimeOffset Created,
    IReadOnlyList<UserAnswer.Role> Roles,
    IReadOnlyDictionary<string, string?> Profile,
    IReadOnlyDictionary<string, string?> Preferences,
    bool Invited,
    string? NewEmail,
    bool HasPassword,
    DateTimeOffset? SecondFactorSince,
    int RecoveryCodesLeft,
    IReadOnlyList<AdminUserAnswer.Passkey> Passkeys,
    IReadOnlyList<string> Providers,
    int SignIns,
    string Version) : IExample
{
    public static object Example => new AdminUserAnswer(
        7, "ada@example.org", "ada", true, ApiExamples.Moment, null, null, false, ApiExamples.Moment, ApiExamples.Moment, [(UserAnswer.Role)UserAnswer.Role.Example],
        ApiExamples.Profile, ApiExamples.Preferences, false, null, true, ApiExamples.Moment, 10, [(Passkey)Passkey.Example], ["ORCID"], 12, "0197d1c2-f4a8-7c3e-9b5d-3f1d0a6c2b11");

    public static AdminUserAnswer Of(UserDetails found) => new(
        found.User.Id,
        found.User.Email,
        found.User.UserName,
        found.User.IsActive,
        found.User.ConfirmedAt,
        found.User.BlockedAt,
        found.User.VerifiedAt,
        found.User.HasTooManyWrongPasswords,
        found.User.SignedInAt,
        found.User.CreatedAt,
        [.. found.User.Roles.Select(role => new UserAnswer.Role(role.Id, role.Name, role.Description))],
        ProfileMembers.Under(PreferenceNames.ProfilePrefix, found.Values),
        ProfileMembers.Under(PreferenceNames.PreferencesPrefix, found.Values),
        found.IsInvited,
        found.NewEmail,
        found.HasPassword,
        found.AppSince,
        found.RecoveryCodesLeft,
        [.. found.Passkeys.Select(passkey => new Passkey(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt))],
        found.Providers,
        found.SignIns,
        found.Version);

    /// <summary>A passkey of theirs.</summary>
    /// <param name="Id">Names it here; no secret.</param>
    /// <param name="Name">What its person calls it.</param>
    /// <param name="Created">When it was added.</param>
    /// <param name="LastUsed">When it last proved who they are; null when it never did.</param>
    internal sealed record Passkey(string Id, string Name, DateTimeOffset Created, DateTimeOffset? LastUsed) : IExample
    {
        public static object Example => new Passkey(ApiExamples.Key, "Work laptop", ApiExamples.Moment, ApiExamples.Moment);
    }
}

using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>A user's state in a sentence.</summary>
internal static class UserStateWords
{
    public static string Of(UserDetails user) => user.User switch
    {
        { BlockedAt: not null } => user.IsDomainBlocked ? "Blocked: may not sign in. Their email domain is blocked, too." : "Blocked: may not sign in.",
        { IsActive: false } => "Deactivated: may not sign in.",
        { ConfirmedAt: null } => user.IsInvited ? "Invited; has yet to choose a password." : "Active, but the address is not confirmed.",
        { VerifiedAt: not null } => "Active and verified.",
        _ => "Active.",
    };
}

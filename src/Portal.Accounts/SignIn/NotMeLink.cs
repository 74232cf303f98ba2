using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn;

/// <summary>A link that says "this wasn't me".</summary>
/// <param name="Status">How it stands. It lives for 24 hours and works once.</param>
/// <param name="Session">The session it is about, live or ended; null when the link cannot be used.</param>
public sealed record NotMeLink(OneTimeLinkStatus Status, SessionInfo? Session)
{
    /// <summary>What its use did about an address that the session had given the account.</summary>
    public AddressReturn Address { get; init; }
}

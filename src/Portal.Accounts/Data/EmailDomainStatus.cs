namespace Portal.Accounts.Data;

/// <summary>What the operator decided about an e-mail domain. Numbers are stored: never renumber.</summary>
internal enum EmailDomainStatus
{
    /// <summary>Seen, not reviewed; registration allowed.</summary>
    New = 1,

    /// <summary>Reviewed; registration allowed.</summary>
    Moderated = 2,

    /// <summary>Trusted: confirming an address verifies the user.</summary>
    Verified = 3,

    /// <summary>Refused in every way in, subdomains too.</summary>
    Blocked = 4,
}

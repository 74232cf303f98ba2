namespace Portal.Accounts.Activity;

/// <summary>What security events can be filtered by. In addresses by name, words joined by hyphens: <c>sign-ins</c>.</summary>
public enum ActivityGroup
{
    /// <summary>Attempts to sign in, good and bad, and proving it once more.</summary>
    SignIns,

    /// <summary>Ends of sessions.</summary>
    Sessions,

    /// <summary>The password.</summary>
    Password,

    /// <summary>The address.</summary>
    Email,

    /// <summary>Profile, picture, preferences and what was exported of it.</summary>
    Profile,

    /// <summary>The account itself: made, allowed in or not, and what it may do.</summary>
    RolesAndStatus,
}

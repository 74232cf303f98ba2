namespace Portal.Accounts.Administration;

/// <summary>What a list of users is sorted by; among equals by id.</summary>
public enum UserSort
{
    /// <summary>The address.</summary>
    Email,

    /// <summary>The username; who has none comes first.</summary>
    UserName,

    /// <summary>The full name; who gave none comes first.</summary>
    Name,

    /// <summary>The state, from active to blocked.</summary>
    State,

    /// <summary>The number of roles.</summary>
    Roles,

    /// <summary>Whether they have a second factor; who has none comes first.</summary>
    SecondFactor,

    /// <summary>The number of live sessions.</summary>
    Sessions,

    /// <summary>The e-mail domain.</summary>
    Domain,

    /// <summary>The last sign-in; who never did comes first.</summary>
    SignedIn,

    /// <summary>When the account was made.</summary>
    Created,

    /// <summary>The id.</summary>
    Id,
}

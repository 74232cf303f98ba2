namespace Portal.Accounts.Events;

/// <summary>Of what kind is what changed.</summary>
public enum AccountChangeSubject
{
    /// <summary>A user: name, address, status, profile, preferences, picture, roles held.</summary>
    User,

    /// <summary>A role: name, description.</summary>
    Role,

    /// <summary>An e-mail domain: decision, category, organisation, flag.</summary>
    Domain,
}

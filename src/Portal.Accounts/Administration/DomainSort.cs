namespace Portal.Accounts.Administration;

/// <summary>In which order domains are listed.</summary>
public enum DomainSort
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By when they were listed.</summary>
    Created,

    /// <summary>By when they were last changed.</summary>
    Updated,

    /// <summary>By how many people have an address of them. Every domain that matches is looked at: thousands are sorted in milliseconds.</summary>
    Users,
}

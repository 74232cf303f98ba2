namespace Portal.Accounts.Data;

/// <summary>When and from where a person signed in; a table of its own, so that one who edits the person meanwhile meets no conflict.</summary>
internal sealed class LoginInformation
{
    public long UserId { get; set; }

    public DateTimeOffset? LastLoginAt { get; set; }

    public string? LastLoginIp { get; set; }

    public DateTimeOffset? CurrentLoginAt { get; set; }

    public string? CurrentLoginIp { get; set; }

    public int LoginCount { get; set; }
}

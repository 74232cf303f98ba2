namespace Portal.Accounts.Audit;

/// <summary>By what alone this process is asked, which its events then say as <see cref="Detail"/>: nobody's session stands behind them.</summary>
/// <param name="Name">As the events say it.</param>
public sealed record AuditDoor(string Name)
{
    /// <summary>The detail that says so.</summary>
    public const string Detail = "via";

    /// <summary>For a process that runs one verb.</summary>
    public static AuditDoor CommandLine { get; } = new("command-line");
}

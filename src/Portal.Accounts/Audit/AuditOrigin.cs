namespace Portal.Accounts.Audit;

/// <summary>From where something was done.</summary>
/// <param name="Ip">The network address; kept under <see cref="AccountsOptions.IpRetention"/>.</param>
/// <param name="Country">ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="Browser">Its name, in words the browser sent: other people's text.</param>
/// <param name="Os">Its system, likewise.</param>
internal sealed record AuditOrigin(string? Ip, string? Country, string? Browser, string? Os)
{
    /// <summary>Whether it is what a session's row says, which then also says who acts in it.</summary>
    public bool IsOfSession { get; init; }

    /// <summary>The administrator who acts in that session as its person; null where the person does.</summary>
    public long? ImpersonatorId { get; init; }

    /// <summary>Nothing is known.</summary>
    public static AuditOrigin Unknown { get; } = new(null, null, null, null);
}

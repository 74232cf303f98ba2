namespace Portal.Accounts.Administration;

/// <summary>The first administrator: there is no default account, only a link that the start prints while nobody administers.</summary>
public interface ISetupService
{
    /// <summary>A new one-time link, absolute, good for 24 hours; null when there is an active administrator.</summary>
    Task<string?> NewLinkAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a link's token still works: nobody administers yet, and it is neither used nor expired.</summary>
    Task<bool> IsUsableAsync(string? token, CancellationToken cancellationToken = default);

    /// <summary>Makes the first administrator, active and confirmed. Of two at once one succeeds.</summary>
    Task<AdminOutcome> CreateAdministratorAsync(string token, string email, string? userName, string password, CancellationToken cancellationToken = default);
}

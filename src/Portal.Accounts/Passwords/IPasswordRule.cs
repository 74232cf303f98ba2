namespace Portal.Accounts.Passwords;

/// <summary>
/// Refuses new passwords for reasons of your own, beside the portal's: another list of breached ones, a house rule. Register as
/// many as there are; each is asked wherever a password is chosen: pages, REST, the command line. Those that people have already
/// are never judged.
/// </summary>
/// <remarks>A singleton, asked by many at once, also from circuits.</remarks>
public interface IPasswordRule
{
    /// <summary>
    /// Judges a password about which the portal's own rules have nothing to say. Whoever chooses it waits for the answer; what is
    /// thrown fails the request, so decide yourself what to answer when a service is away.
    /// </summary>
    /// <param name="password">Exactly as typed, at most 256 characters.</param>
    /// <param name="context">The person it is for.</param>
    /// <param name="cancellationToken">The person went away.</param>
    /// <returns>The English sentence or two that the person reads, saying what to do; null to accept it.</returns>
    ValueTask<string?> RefuseAsync(string password, PasswordContext context, CancellationToken cancellationToken);
}

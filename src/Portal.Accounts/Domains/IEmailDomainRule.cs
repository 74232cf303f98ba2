namespace Portal.Accounts.Domains;

/// <summary>
/// Refuses addresses for reasons of your own, beside what was decided about their domains: an allow-list, a directory of
/// partners. Register as many as there are; each is asked wherever an account gets an address: registering, pages, REST, the
/// command line, an import.
/// </summary>
/// <remarks>A singleton, asked by many at once and inside a transaction: answer from memory, never from another service.</remarks>
public interface IEmailDomainRule
{
    /// <summary>
    /// The English sentence or two that the person reads who gave the address, saying what to do; null to accept it. An address that
    /// an account has already is not asked about again.
    /// </summary>
    /// <param name="email">The address as typed, of a plausible form.</param>
    /// <param name="domain">Its domain: lower case ASCII (punycode), no trailing dot.</param>
    string? Refuse(string email, string domain);
}

using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Domains;

/// <summary>Names and addresses as they are compared: in capitals, and each domain in one spelling.</summary>
internal sealed class LookupNormalizer : ILookupNormalizer
{
    private readonly UpperInvariantLookupNormalizer _capitals = new();

    public string? NormalizeName(string? name) => _capitals.NormalizeName(name);

    /// <summary>Of one mailbox always the same, however its domain is spelt: xn--bcher-kva.example is bücher.example.</summary>
    public string? NormalizeEmail(string? email) => _capitals.NormalizeEmail(
        email?.LastIndexOf('@') is >= 0 and var at && EmailAddress.SpellingOf(email[(at + 1)..]) is { } domain ? $"{email[..at]}@{domain}" : email);
}

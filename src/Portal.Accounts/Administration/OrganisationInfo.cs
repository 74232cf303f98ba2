using System.Security.Cryptography;
using System.Text.Json;

namespace Portal.Accounts.Administration;

/// <summary>Whose e-mail domains are.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Identifier">How the world names it beyond doubt, such as its ROR address; null for nothing known.</param>
/// <param name="ParentId">Of which it is a part; null at the root.</param>
/// <param name="Path">The names from the root to itself; never empty.</param>
public sealed record OrganisationInfo(long Id, string Name, string? Identifier, long? ParentId, IReadOnlyList<string> Path)
{
    /// <summary>Another text as soon as its name, its identifier or what it is a part of is another; what is above it does not matter.</summary>
    public string Version => VersionOf(Id, Name, Identifier, ParentId);

    internal static string VersionOf(long id, string name, string? identifier, long? parentId) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { id, name, identifier, parentId })))[..12];
}

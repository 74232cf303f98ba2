using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Accounts.Transfer;

/// <summary>What a line of a file says.</summary>
internal abstract record TransferRecord
{
    /// <summary>Members that have no place here.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A role.</summary>
internal sealed record RoleRecord : TransferRecord
{
    public string? Role { get; init; }

    public string? Description { get; init; }

    /// <summary>False when another system provides it. Default true.</summary>
    public bool? Managed { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <summary>A kind of e-mail domain.</summary>
internal sealed record CategoryRecord : TransferRecord
{
    public string? Category { get; init; }
}

/// <summary>Whose e-mail domains are: a node of a tree, behind the one it is a part of.</summary>
internal sealed record OrganisationRecord : TransferRecord
{
    public string? Organisation { get; init; }

    /// <summary>By which the lines behind this one name it; in this file alone.</summary>
    public long? Number { get; init; }

    /// <summary>The number of the organisation of which it is a part. Default none.</summary>
    public long? PartOf { get; init; }

    public string? Identifier { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <summary>A decision about an e-mail domain.</summary>
internal sealed record DomainRecord : TransferRecord
{
    public string? Domain { get; init; }

    public string? Status { get; init; }

    public string? Category { get; init; }

    /// <summary>The number of an organisation that stands before.</summary>
    public long? Organisation { get; init; }

    public bool? Flagged { get; init; }

    public string? FlagSource { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <summary>A user. Members are in the order in which they are written.</summary>
internal sealed record UserRecord : TransferRecord
{
    public long? Id { get; init; }

    public string? Email { get; init; }

    public string? Username { get; init; }

    /// <summary>A hash, never a password.</summary>
    public string? Password { get; init; }

    /// <summary>Whether it was chosen beside a second factor, which stays behind, and is too short to stand alone. Default false.</summary>
    public bool? ShortPassword { get; init; }

    /// <summary>Default true. Where it is given as nothing, as databases do that know neither, they are not active.</summary>
    public bool? Active { get; init; } = true;

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? BlockedAt { get; init; }

    public DateTimeOffset? VerifiedAt { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Profile fields by name.</summary>
    public JsonElement? Profile { get; init; }

    /// <summary>Preferences by name, Invenio's names too.</summary>
    public Dictionary<string, string?>? Preferences { get; init; }

    public IReadOnlyList<IdentityRecord>? Identities { get; init; }

    public LoginRecord? Login { get; init; }

    /// <summary>An image; one that the portal did not make is made into a picture of its own.</summary>
    public byte[]? Picture { get; init; }

    /// <summary>What passkeys call the person.</summary>
    public string? PasskeyHandle { get; init; }

    public IReadOnlyList<PasskeyRecord>? Passkeys { get; init; }

    public SecondFactorRecord? SecondFactor { get; init; }
}

/// <summary>A passkey: the public half of its key pair, of use at the address of the portal where it was made.</summary>
internal sealed record PasskeyRecord
{
    public string? Name { get; init; }

    public byte[]? CredentialId { get; init; }

    public byte[]? PublicKey { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    public long? SignCount { get; init; }

    public IReadOnlyList<string>? Transports { get; init; }

    public bool? UserVerified { get; init; }

    public bool? BackupEligible { get; init; }

    public bool? BackedUp { get; init; }

    public byte[]? Attestation { get; init; }

    public byte[]? ClientData { get; init; }
}

/// <summary>An authenticator app, and the recovery codes beside it that are not used.</summary>
internal sealed record SecondFactorRecord
{
    /// <summary>What the app shares: whoever has it makes the person's codes.</summary>
    public byte[]? Key { get; init; }

    public DateTimeOffset? Since { get; init; }

    public IReadOnlyList<RecoveryCodeRecord>? RecoveryCodes { get; init; }
}

/// <summary>A recovery code, hashed.</summary>
internal sealed record RecoveryCodeRecord(string? Name, string? Hash);

/// <summary>An external identity.</summary>
/// <param name="Method">The provider.</param>
/// <param name="ExternalId">Who they are there.</param>
internal sealed record IdentityRecord(string? Method, string? ExternalId)
{
    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Updated { get; init; }
}

/// <summary>When and from where somebody signed in.</summary>
internal sealed record LoginRecord
{
    public DateTimeOffset? LastLoginAt { get; init; }

    public string? LastLoginIp { get; init; }

    public DateTimeOffset? CurrentLoginAt { get; init; }

    public string? CurrentLoginIp { get; init; }

    public int? LoginCount { get; init; }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Tests.Accounts.Passkeys;

/// <summary>A device that keeps one passkey and answers as a browser would, honestly unless told otherwise.</summary>
internal sealed class SoftPasskey(string origin) : IDisposable
{
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte BackupEligible = 0x08;
    private const byte BackedUp = 0x10;
    private const byte HasCredential = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>The site that its browser says it is on.</summary>
    public string Origin { get; set; } = origin;

    /// <summary>Whether it checks who is there.</summary>
    public bool IsVerifying { get; set; } = true;

    /// <summary>Whether it signs with another key than the one it was made with.</summary>
    public bool IsForging { get; set; }

    /// <summary>Whether a password manager carries it to other devices.</summary>
    public bool IsSynced { get; init; }

    /// <summary>Rises with each answer; null for one that keeps none.</summary>
    public uint? Counter { get; set; } = 0;

    /// <summary>The model it says it is.</summary>
    public Guid Model { get; init; }

    /// <summary>What it calls its person; learnt when it is made.</summary>
    public string? UserHandle { get; set; }

    /// <summary>Makes the passkey that was asked for.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        UserHandle = (string)asked["user"]!["id"]!;
        var point = key.ExportParameters(false).Q;
        byte[] data =
        [
            .. AuthenticatorData((string)asked["rp"]!["id"]!, HasCredential),
            .. Model.ToByteArray(bigEndian: true),
            0, (byte)CredentialId.Length, .. CredentialId,
            // COSE: an ES256 key on P-256 (RFC 9053, section 7.1).
            0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Answer(asked, "webauthn.create", _ => new Dictionary<string, object?>
        {
            ["attestationObject"] = Encode(attestation),
            ["authenticatorData"] = Encode(data),
            ["transports"] = new[] { "internal" },
        });
    }

    /// <summary>Signs what it was asked for.</summary>
    public string Get(string options)
    {
        var asked = JsonNode.Parse(options)!;
        var data = AuthenticatorData((string)asked["rpId"]!, 0);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signing = IsForging ? other : key;
        return Answer(asked, "webauthn.get", clientData => new Dictionary<string, object?>
        {
            ["authenticatorData"] = Encode(data),
            ["signature"] = Encode(signing.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = UserHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private string Answer(JsonNode asked, string type, Func<byte[], Dictionary<string, object?>> respond)
    {
        var clientData = JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = (string)asked["challenge"]!, origin = Origin, crossOrigin = false });
        var response = respond(clientData);
        response["clientDataJSON"] = Encode(clientData);
        return JsonSerializer.Serialize(new
        {
            id = Encode(CredentialId),
            rawId = Encode(CredentialId),
            type = "public-key",
            clientExtensionResults = new { },
            response,
        });
    }

    private byte[] AuthenticatorData(string host, byte more)
    {
        var flags = UserPresent | (IsVerifying ? UserVerified : 0) | (IsSynced ? BackupEligible | BackedUp : 0) | more;
        var count = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counter is null ? 0 : (Counter = Counter + 1).Value);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(host)), (byte)flags, .. count];
    }
}

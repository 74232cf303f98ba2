using System.Buffers.Text;

namespace Portal.Accounts.Passkeys;

/// <summary>What can be read from a browser's answer without believing it.</summary>
public static class PasskeyAnswers
{
    /// <summary>The id of the credential it names, as base64url; null when it names none.</summary>
    public static string? CredentialIdIn(string? answer) =>
        PasskeyProofs.CredentialIdIn(answer) is { } id ? Base64Url.EncodeToString(id) : null;
}

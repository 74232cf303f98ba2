using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Accounts.Passkeys;

/// <summary>
/// What was asked of a browser, until it answers. Carried by the page, protected, so that no node has to remember it and
/// several tabs can ask at once; it is worth something only together with what it is bound to.
/// </summary>
internal sealed class PasskeyTickets(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a browser may take. As long as the browser itself waits.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int MaxLength = 4096;

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Passkeys.Ticket");

    /// <param name="purpose">What is asked for.</param>
    /// <param name="state">The ceremony's own: its challenge, 256 random bits.</param>
    /// <param name="binding">What must be the same when the answer comes: a session's id, a browser's mark.</param>
    public string Write(PasskeyPurpose purpose, string state, string binding) => Base64Url.EncodeToString(
        protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new PasskeyTicket(purpose, state, binding, time.GetUtcNow() + Lifetime))));

    /// <summary>Null when it is not this portal's, for something else, of somebody else, or too old.</summary>
    public PasskeyTicket? Read(PasskeyPurpose purpose, string? ticket, string? binding)
    {
        if (ticket is not { Length: > 0 and <= MaxLength } || string.IsNullOrEmpty(binding) || !Base64Url.IsValid(ticket))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<PasskeyTicket>(protector.Unprotect(Base64Url.DecodeFromChars(ticket))) is { } read
                && read.Purpose == purpose && read.ExpiresAt > time.GetUtcNow()
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(read.Binding), Encoding.UTF8.GetBytes(binding))
                    ? read
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

using Portal.Accounts.Passkeys;

namespace Portal.Controls;

/// <summary>Passkeys in people's words.</summary>
internal static class PasskeyWords
{
    /// <summary>Why an answer was not taken, and what to do.</summary>
    public static string Of(PasskeyRefusal reason) => reason switch
    {
        PasskeyRefusal.Expired => "That took too long. Try again.",
        PasskeyRefusal.Replayed => "This answer of the passkey was used already. Try again.",
        PasskeyRefusal.Unknown => "This passkey does not belong to an account here. It may have been removed; use another way.",
        PasskeyRefusal.Copied => "This passkey was refused, because it looks like a copy of the one we know. Use another way, then remove it from your account and add a new one.",
        PasskeyRefusal.Altered => "This passkey was refused, because what we know of it is not in order. Use another way, then remove it from your account and add a new one.",
        _ => "This passkey could not be confirmed. Try again, or use another way.",
    };

    /// <summary>Why the browser made no new one, by the name it gives to it (WebAuthn level 3, section 5.1.3).</summary>
    public static string WhyNotMade(string? fault) => fault switch
    {
        "NotAllowedError" or "AbortError" => "No passkey was added: that was cancelled, or took too long.",
        "InvalidStateError" => "No passkey was added: this device or password manager has one for your account already.",
        "SecurityError" => "No passkey was added: passkeys do not work at this address. Open the site at the one you know it by.",
        "NotSupportedError" or "ConstraintError" => "No passkey was added: this device cannot keep one that asks for your fingerprint, face or PIN. Try another device or a password manager.",
        _ => "No passkey was added: the browser could not make one. Try again.",
    };
}

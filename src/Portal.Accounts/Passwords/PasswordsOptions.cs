namespace Portal.Accounts.Passwords;

/// <summary>
/// Section <c>Passwords</c>: how long a new password has to be and how it is hashed. Read at start only; existing
/// passwords keep working whatever changes here, and are hashed anew at the next sign-in when hashing got stronger.
/// </summary>
public sealed class PasswordsOptions
{
    internal const string Section = "Passwords";

    /// <summary>The longest password accepted, in characters (Unicode code points after NFC). Not a setting.</summary>
    public const int MaximumLength = 256;

    /// <summary>
    /// The shortest new password, in characters as people count them (Unicode code points after NFC). Default 15, what
    /// NIST SP 800-63B-4 demands of a password that stands alone; 8 to 64.
    /// </summary>
    public int MinimumLength { get; set; } = 15;

    /// <summary>The same for people who also use a second factor. Default 8; at least 8, at most <see cref="MinimumLength"/>.</summary>
    public int MinimumLengthWithSecondFactor { get; set; } = 8;

    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA512. Default 220,000; 1,000 to 10,000,000. Below 210,000, the least in OWASP ASVS 5.0,
    /// appendix C, the start logs a warning.
    /// </summary>
    public int Iterations { get; set; } = 220_000;

    /// <summary>
    /// The key under which Invenio took the HMAC of passwords before it hashed them, there called SECURITY_PASSWORD_SALT. Needed
    /// as long as somebody imported from there has not signed in. Default empty, for none. A secret.
    /// </summary>
    public string LegacyPepper { get; set; } = "";

    /// <summary>How many passwords may wait to be hashed; over it people are asked to come back in 5 seconds. Default 200; 1 to 100,000.</summary>
    public int MaximumQueueLength { get; set; } = 200;

    /// <summary>How many passwords are hashed at once, each on a thread of its own. Default 0, one for each processor; at most 256.</summary>
    public int HashingThreads { get; set; }
}

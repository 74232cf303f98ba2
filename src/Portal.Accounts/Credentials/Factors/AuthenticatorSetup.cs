namespace Portal.Accounts.Credentials.Factors;

/// <summary>A key for an authenticator app that is not in use before a first code proves that the app has it. Kept by whoever asked, and nowhere else.</summary>
public sealed record AuthenticatorSetup
{
    internal AuthenticatorSetup(long userId, byte[] secret, string uri) => (UserId, Secret, Uri) = (userId, secret, uri);

    /// <summary>The address that apps read from a QR code (Key Uri Format): holds the key.</summary>
    public string Uri { get; }

    /// <summary>The key in letters and digits, by fours, for typing it in.</summary>
    public string Key => string.Join(' ', Base32.Encode(Secret).Chunk(4).Select(four => new string(four)));

    internal long UserId { get; }

    internal byte[] Secret { get; }

    /// <summary>Names the user's id, never the key.</summary>
    public override string ToString() => $"Setup of user {UserId}";
}

using Portal.Accounts.Credentials.Factors;

namespace Portal.Testing;

/// <summary>The authenticator app of a user that a test made.</summary>
public sealed class TestAuthenticator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] key;

    internal TestAuthenticator(byte[] key) => this.key = key;

    /// <summary>An app into which somebody typed the key that a page shows.</summary>
    /// <param name="typed">Letters and digits (RFC 4648, base 32), spaces between them or not.</param>
    public static TestAuthenticator OfKey(string typed)
    {
        var bits = string.Concat(typed.Where(char.IsAsciiLetterOrDigit).Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return new TestAuthenticator([.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))]);
    }

    /// <summary>The six digits it shows at a moment.</summary>
    public string CodeAt(DateTimeOffset moment) => Totp.CodeAt(key, Totp.StepAt(moment));
}

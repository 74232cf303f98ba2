using Portal.Accounts.Credentials.Factors;

namespace Portal.Testing;

/// <summary>The authenticator app of a user that a test made.</summary>
public sealed class TestAuthenticator
{
    private readonly byte[] key;

    internal TestAuthenticator(byte[] key) => this.key = key;

    /// <summary>The six digits it shows at a moment.</summary>
    public string CodeAt(DateTimeOffset moment) => Totp.CodeAt(key, Totp.StepAt(moment));
}

namespace Portal.Accounts.SignIn.External;

/// <summary>What somebody went to a provider for.</summary>
public enum ExternalPurpose
{
    /// <summary>To sign in, or to register.</summary>
    SignIn,

    /// <summary>To link the identity they have there to the account they are signed in to.</summary>
    Link,

    /// <summary>To prove once more who they are, in a running session.</summary>
    Confirm,
}

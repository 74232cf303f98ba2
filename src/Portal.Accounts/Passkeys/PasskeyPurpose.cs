namespace Portal.Accounts.Passkeys;

/// <summary>What a passkey is asked for. An answer to one question is none to another.</summary>
internal enum PasskeyPurpose
{
    /// <summary>To become one of the person's. Bound to their session.</summary>
    Add,

    /// <summary>To sign in with, alone. Bound to the browser.</summary>
    SignIn,

    /// <summary>To follow a password. Bound to the half-finished sign-in.</summary>
    SecondStep,

    /// <summary>To prove once more who is at a session. Bound to it.</summary>
    Confirm,
}

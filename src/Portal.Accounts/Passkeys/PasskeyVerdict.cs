namespace Portal.Accounts.Passkeys;

/// <summary>What an answer is worth.</summary>
internal abstract record PasskeyVerdict
{
    private PasskeyVerdict()
    {
    }

    /// <summary>It holds.</summary>
    public sealed record Proven(PasskeyProof Proof) : PasskeyVerdict;

    /// <summary>It does not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="UserId">Whose passkey it names; null for nobody's.</param>
    public sealed record Refused(PasskeyRefusal Reason, long? UserId = null) : PasskeyVerdict;
}

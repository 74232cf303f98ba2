namespace Portal.Accounts.Passkeys;

/// <summary>An answer that holds. It counts once it is taken, in the transaction of what it was asked for.</summary>
/// <param name="UserId">Who it proves to be there.</param>
/// <param name="PasskeyId">By which passkey: its row.</param>
/// <param name="CredentialId">The credential's own id.</param>
/// <param name="SignCount">What its counter says now.</param>
/// <param name="IsSynced">Whether its secret half may be on several devices.</param>
/// <param name="IsBackedUp">Whether it is.</param>
/// <param name="Ticket">The question.</param>
internal sealed record PasskeyProof(long UserId, string PasskeyId, byte[] CredentialId, uint SignCount, bool IsSynced, bool IsBackedUp, PasskeyTicket Ticket)
{
    /// <summary>
    /// How they authenticated (RFC 8176): by a key in hardware or in software, somebody was there, and with the device's own
    /// check of its person it is more than one factor.
    /// </summary>
    public IReadOnlyList<string> Methods => [IsSynced ? "swk" : "hwk", "user", "mfa"];
}

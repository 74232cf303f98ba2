using System.Security.Cryptography;
using System.Text;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passkeys;

/// <summary>An open question to a browser.</summary>
internal sealed record PasskeyTicket(PasskeyPurpose Purpose, string State, string Binding, DateTimeOffset ExpiresAt)
{
    /// <summary>Tells it from every other: the state holds its challenge.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(State));

    /// <summary>The row by which its answer counts once.</summary>
    public OneTimeToken AsTaken(long userId, DateTimeOffset now)
    {
        var row = OneTimeToken.Taken(OneTimeTokenPurpose.PasskeyAnswer, State, now, ExpiresAt);
        row.UserId = userId;
        return row;
    }
}

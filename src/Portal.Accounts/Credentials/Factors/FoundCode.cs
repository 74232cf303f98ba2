using System.Text.Json.Serialization;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>A code that was right when it was looked at, not spent yet.</summary>
[JsonDerivedType(typeof(OfApp), "app")]
[JsonDerivedType(typeof(OnPaper), "paper")]
internal abstract record FoundCode
{
    private FoundCode()
    {
    }

    /// <summary>What is written of it where it is told how somebody authenticated.</summary>
    [JsonIgnore]
    public string Method => this is OnPaper ? SessionMethods.RecoveryCode : SessionMethods.Code;

    /// <summary>An authenticator app's.</summary>
    /// <param name="Step">The step of time it belongs to.</param>
    public sealed record OfApp(long Step) : FoundCode;

    /// <summary>A recovery code.</summary>
    /// <param name="RowId">Which.</param>
    public sealed record OnPaper(long RowId) : FoundCode;
}

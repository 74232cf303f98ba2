using System.Text.Json.Serialization;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>A code that was right when it was looked at, not spent yet.</summary>
[JsonDerivedType(typeof(OfApp), "app")]
[JsonDerivedType(typeof(OnPaper), "paper")]
internal abstract record FoundCode
{
    private FoundCode()
    {
    }

    /// <summary>An authenticator app's.</summary>
    /// <param name="Step">The step of time it belongs to.</param>
    public sealed record OfApp(long Step) : FoundCode;

    /// <summary>A recovery code.</summary>
    /// <param name="RowId">Which.</param>
    public sealed record OnPaper(long RowId) : FoundCode;
}

using System.Text.Json.Serialization;

namespace Portal.Accounts.Mail;

/// <summary>What an account could be opened with and can no longer. Names of passkeys are not repeated: an intruder would have chosen them.</summary>
/// <param name="Passkeys">How many passkeys.</param>
/// <param name="Providers">What people call the providers whose identities went, one for each identity. Never null.</param>
/// <param name="HadApp">Whether the authenticator app went, and its recovery codes with it.</param>
/// <param name="HadCodes">Whether recovery codes went while the app stayed.</param>
/// <param name="HadPassword">Whether the password went, too short to stand without the app.</param>
public sealed record RemovedWaysIn(int Passkeys, IReadOnlyList<string> Providers, bool HadApp, bool HadCodes, bool HadPassword)
{
    /// <summary>How many things.</summary>
    [JsonIgnore]
    public int Count => Passkeys + Providers.Count + new[] { HadApp, HadCodes, HadPassword }.Count(had => had);
}

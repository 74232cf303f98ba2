namespace Portal.Accounts.Transfer;

/// <summary>How accounts are written to a file.</summary>
/// <param name="Format">How it is written.</param>
public sealed record ExportRequest(TransferFormat Format)
{
    /// <summary>
    /// Second factors too, in JSON Lines: the keys of authenticator apps, readable, and the hashes of recovery codes. Whoever has
    /// the file can make everybody's codes. Default false: who had a second factor signs in without one elsewhere.
    /// </summary>
    public bool WithSecrets { get; init; }

    /// <summary>Told from time to time how many people are written.</summary>
    public Action<long>? Progress { get; init; }
}

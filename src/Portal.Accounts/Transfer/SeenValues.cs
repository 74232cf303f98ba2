namespace Portal.Accounts.Transfer;

/// <summary>Which values a file had already.</summary>
internal sealed class SeenValues
{
    private readonly HashSet<UInt128> _digests = [];

    public bool Has(SeenValue value) => _digests.Contains(value.Digest);

    public void Add(SeenValue value) => _digests.Add(value.Digest);

    public void Remove(SeenValue value) => _digests.Remove(value.Digest);
}

namespace Portal.Accounts.Transfer;

/// <summary>Which values a file had already.</summary>
internal sealed class SeenValues
{
    private readonly HashSet<UInt128> _digests = [];
    private readonly List<UInt128> _unsettled = [];

    public bool Has(SeenValue value) => _digests.Contains(value.Digest);

    public void Add(SeenValue value)
    {
        _digests.Add(value.Digest);
        _unsettled.Add(value.Digest);
    }

    public void Remove(SeenValue value) => _digests.Remove(value.Digest);

    /// <summary>What was added stays.</summary>
    public void Settle() => _unsettled.Clear();

    /// <summary>Takes back what was added since it was last settled.</summary>
    public void Unsettle()
    {
        _digests.ExceptWith(_unsettled);
        _unsettled.Clear();
    }
}

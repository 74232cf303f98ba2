namespace Portal.Controls.Lists;

/// <summary>Which rows of a list are ticked: some by their keys, or all that the list's filter matches.</summary>
public sealed class ListSelection
{
    private readonly HashSet<string> keys = [];

    /// <summary>The ticked rows, on whatever page. Empty when all are chosen.</summary>
    public IReadOnlyCollection<string> Keys => keys;

    /// <summary>Everything the filter matches, seen or not.</summary>
    public bool IsAll { get; private set; }

    public bool IsEmpty => !IsAll && keys.Count == 0;

    public bool Has(string key) => IsAll || keys.Contains(key);

    public void Set(string key, bool isTicked)
    {
        IsAll = false;
        _ = isTicked ? keys.Add(key) : keys.Remove(key);
    }

    public void TakeAll()
    {
        keys.Clear();
        IsAll = true;
    }

    public void Clear()
    {
        keys.Clear();
        IsAll = false;
    }
}

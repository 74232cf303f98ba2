namespace Portal.Controls.Lists;

/// <summary>Which rows of a list are ticked: some by their keys, or all that the list's filter matches but for some.</summary>
public sealed class ListSelection
{
    private readonly HashSet<string> keys = [];

    /// <summary>The ticked rows, on whatever page; where all are chosen, those that are not.</summary>
    public IReadOnlyCollection<string> Keys => keys;

    /// <summary>Everything the filter matches, seen or not, but for <see cref="Keys"/>.</summary>
    public bool IsAll { get; private set; }

    public bool IsEmpty => !IsAll && keys.Count == 0;

    public bool Has(string key) => keys.Contains(key) != IsAll;

    public void Set(string key, bool isTicked) => _ = isTicked != IsAll ? keys.Add(key) : keys.Remove(key);

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

using Portal.Accounts;

namespace Portal.Admin;

/// <summary>The fields of a form: what each held when it was read, and what it holds now.</summary>
/// <remarks>
/// A field that nobody touched follows what others save. A touched one keeps what it was read with, so that saving it is
/// told of their change.
/// </remarks>
public sealed class EditDraft(IReadOnlyDictionary<string, string?> read)
{
    private readonly Dictionary<string, string?> _before = new(read);
    private readonly Dictionary<string, string?> _values = new(read);

    public bool IsDirty => _values.Any(IsTouched);

    /// <summary>The touched fields alone.</summary>
    public Dictionary<string, string?> Touched => _values.Where(IsTouched).ToDictionary();

    /// <summary>What every field held when it was read.</summary>
    public Dictionary<string, string?> Before => new(_before);

    /// <summary>What a field holds; empty and null are the same.</summary>
    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Others may have saved something: untouched fields follow.</summary>
    public void Hear(IReadOnlyDictionary<string, string?> now)
    {
        foreach (var (name, value) in now)
        {
            if (!IsTouched(name) || _values.GetValueOrDefault(name) == value)
            {
                (_before[name], _values[name]) = (value, value);
            }
        }
    }

    /// <summary>Of each field both changed, the one that was chosen: theirs is taken, ours is wanted on top of theirs.</summary>
    public void Settle(IEnumerable<FieldConflict> fields, IReadOnlySet<string> theirs)
    {
        foreach (var field in fields)
        {
            _before[field.Field] = field.Theirs;
            _values[field.Field] = theirs.Contains(field.Field) ? field.Theirs : field.Yours;
        }
    }

    /// <summary>What was sent is saved, or taken back: the same as was read.</summary>
    public void Restart(IReadOnlyDictionary<string, string?> now)
    {
        foreach (var (name, value) in now)
        {
            (_before[name], _values[name]) = (value, value);
        }
    }

    private bool IsTouched(string name) => _values.GetValueOrDefault(name) != _before.GetValueOrDefault(name);

    private bool IsTouched(KeyValuePair<string, string?> field) => IsTouched(field.Key);
}

using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>The fields of a user: what each held when it was read, and what it holds now.</summary>
/// <remarks>
/// A field that nobody touched follows what others save. A touched one keeps what it was read with, so that saving it is
/// told of their change.
/// </remarks>
public sealed class UserDraft
{
    private readonly Dictionary<string, string?> _before;
    private readonly Dictionary<string, string?> _values;

    public UserDraft(UserDetails read)
    {
        _before = new(read.Values);
        _values = new(read.Values);
    }

    public bool IsDirty => _values.Any(IsTouched);

    /// <summary>The touched fields alone.</summary>
    public UserEdit Edit => new(_values.Where(IsTouched).ToDictionary()) { Before = new Dictionary<string, string?>(_before) };

    /// <summary>What a field holds; empty and null are the same.</summary>
    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Others may have saved something: untouched fields follow.</summary>
    public void Hear(UserDetails now)
    {
        foreach (var (name, value) in now.Values)
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
    public void Restart(UserDetails now)
    {
        foreach (var (name, value) in now.Values)
        {
            (_before[name], _values[name]) = (value, value);
        }
    }

    private bool IsTouched(string name) => _values.GetValueOrDefault(name) != _before.GetValueOrDefault(name);

    private bool IsTouched(KeyValuePair<string, string?> field) => IsTouched(field.Key);
}

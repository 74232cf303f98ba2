using Portal.Accounts;

namespace Portal.Controls;

/// <summary>The fields of a form: what each held when it was read, and what it holds now.</summary>
/// <remarks>
/// A field that nobody touched follows what others save. A touched one keeps what it was read with, so that saving it is
/// told of their change.
/// </remarks>
public class EditDraft(IReadOnlyDictionary<string, string?> read, string? version = null)
{
    private readonly Dictionary<string, string?> _before = new(read);
    private readonly Dictionary<string, string?> _values = new(read);

    /// <summary>A form for something new: all of its fields are empty.</summary>
    public EditDraft(params string[] names)
        : this(names.ToDictionary(name => name, _ => (string?)null))
    {
    }

    /// <summary>The version of what was read, for a door that asks for it.</summary>
    public string? Version { get; private set; } = version;

    public bool IsDirty => _values.Any(IsTouched);

    /// <summary>The touched fields alone.</summary>
    public Dictionary<string, string?> Touched => _values.Where(IsTouched).ToDictionary();

    /// <summary>What every field held when it was read.</summary>
    public Dictionary<string, string?> Before => new(_before);

    /// <summary>What a field holds; empty and null are the same.</summary>
    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set
        {
            // Fields that a stranger's script makes up are none.
            if (_values.ContainsKey(name))
            {
                _values[name] = string.IsNullOrEmpty(value) ? null : value;
            }
        }
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

    /// <summary>What was sent is saved; what was typed since stays touched.</summary>
    public void Saved(IReadOnlyDictionary<string, string?> sent, IReadOnlyDictionary<string, string?> now, string? version = null)
    {
        Version = version;
        foreach (var (name, value) in now)
        {
            var isTyped = IsTouched(name) && (!sent.TryGetValue(name, out var known) || known != _values[name]);
            _before[name] = value;
            _values[name] = isTyped ? _values[name] : value;
        }
    }

    /// <summary>Of each field both changed, the one that was chosen: theirs is taken, ours is wanted on top of theirs.</summary>
    public void Settle(IEnumerable<FieldConflict> fields, IReadOnlySet<string> theirs, string? version = null)
    {
        Version = version;
        foreach (var field in fields)
        {
            _before[field.Field] = field.Theirs;
            _values[field.Field] = theirs.Contains(field.Field) ? field.Theirs : field.Yours;
        }
    }

    /// <summary>All of it is read anew, or taken back: the same as was read.</summary>
    public void Restart(IReadOnlyDictionary<string, string?> now, string? version = null)
    {
        Version = version;
        foreach (var (name, value) in now)
        {
            (_before[name], _values[name]) = (value, value);
        }
    }

    /// <summary>Every field is empty again, for the next new thing; or for one of that version, which is then filled in as if it were typed.</summary>
    public void Clear(string? version = null) => Restart(_values.Keys.ToDictionary(name => name, _ => (string?)null), version);

    /// <summary>What would be lost; null when nothing would.</summary>
    public Draft? DraftFor(string sessionId, string subject) =>
        Touched is { Count: > 0 } touched
            ? new Draft(sessionId, subject, Version, touched.ToDictionary(field => field.Key, field => _before[field.Key]), touched)
            : null;

    /// <summary>Puts a draft back. Answers whether anything of it is still unsaved.</summary>
    public bool Restore(Draft draft)
    {
        var now = Before;
        Version = draft.Version;
        foreach (var (name, value) in draft.Values.Where(field => _values.ContainsKey(field.Key)))
        {
            (_before[name], _values[name]) = (draft.Before.GetValueOrDefault(name), value);
        }

        Hear(now);
        return IsDirty;
    }

    protected bool IsTouched(string name) => _values.GetValueOrDefault(name) != _before.GetValueOrDefault(name);

    /// <summary>The person was told what others saved: saving goes over it.</summary>
    protected void Rebase(string name, string? theirs) => _before[name] = theirs;

    private bool IsTouched(KeyValuePair<string, string?> field) => IsTouched(field.Key);
}

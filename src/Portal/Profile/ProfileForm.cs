using Portal.Accounts;
using Portal.Accounts.Profiles;

namespace Portal.Profile;

/// <summary>The fields of the page: what each held when it was read, and what it holds now.</summary>
/// <remarks>
/// A field that nobody touched follows what others save. A touched one keeps what it was read with, so that saving it
/// is told of their change; only after the person was told does it take their value as read.
/// </remarks>
public sealed class ProfileForm
{
    private readonly Dictionary<string, string?> _before;
    private readonly Dictionary<string, string?> _values;

    public ProfileForm(ProfileInfo read)
    {
        Info = read;
        _before = new(read.Values);
        _values = new(read.Values);
    }

    /// <summary>Everything as it was last read.</summary>
    public ProfileInfo Info { get; private set; }

    /// <summary>What others saved in fields that are touched here, as far as the person was told.</summary>
    public Dictionary<string, string?> Theirs { get; } = [];

    /// <summary>What was wrong with the last edit. A new list each time.</summary>
    public IReadOnlyList<FieldError> Errors { get; set; } = [];

    public bool IsDirty => _values.Any(IsTouched);

    /// <summary>The touched fields alone.</summary>
    public ProfileEdit Edit => new(_values.Where(IsTouched).ToDictionary()) { Before = _before };

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
    public void Hear(ProfileInfo now)
    {
        Info = now;
        foreach (var (name, value) in now.Values)
        {
            if (!IsTouched(name) || _values.GetValueOrDefault(name) == value)
            {
                (_before[name], _values[name]) = (value, value);
                Theirs.Remove(name);
            }
        }
    }

    /// <summary>An edit was saved; what was typed since stays touched.</summary>
    public void Saved(ProfileEdit edit, ProfileInfo now)
    {
        Info = now;
        Theirs.Clear();
        foreach (var (name, value) in now.Values)
        {
            var isTyped = IsTouched(name) && (!edit.Changes.TryGetValue(name, out var sent) || sent != _values[name]);
            _before[name] = value;
            _values[name] = isTyped ? _values[name] : value;
        }
    }

    /// <summary>The person is told what others saved; saving once more goes over it.</summary>
    public void Told(ProfileOutcome.Conflict conflict)
    {
        Hear(conflict.Now);
        foreach (var field in conflict.Fields)
        {
            _before[field.Field] = Theirs[field.Field] = field.Theirs;
        }
    }

    /// <summary>Takes what others saved in place of what was typed.</summary>
    public void TakeTheirs(string name)
    {
        if (Theirs.Remove(name, out var value))
        {
            _values[name] = value;
        }
    }

    public string? ErrorOf(string name) => Errors.FirstOrDefault(error => error.Field == name)?.Message;

    /// <summary>Back to what was read.</summary>
    public void Discard()
    {
        Theirs.Clear();
        Errors = [];
        foreach (var (name, value) in Info.Values)
        {
            (_before[name], _values[name]) = (value, value);
        }
    }

    /// <summary>What would be lost; null when nothing would.</summary>
    public ProfileDraft? DraftFor(string sessionId)
    {
        var touched = _values.Where(IsTouched).ToDictionary();
        return touched.Count > 0 ? new ProfileDraft(sessionId, touched.ToDictionary(field => field.Key, field => _before[field.Key]), touched) : null;
    }

    /// <summary>Puts a draft back. Answers whether anything of it is still unsaved.</summary>
    public bool Restore(ProfileDraft draft)
    {
        foreach (var (name, value) in draft.Values.Where(field => _values.ContainsKey(field.Key)))
        {
            (_before[name], _values[name]) = (draft.Before.GetValueOrDefault(name), value);
        }

        Hear(Info);
        return IsDirty;
    }

    private bool IsTouched(string name) => _values.GetValueOrDefault(name) != _before.GetValueOrDefault(name);

    private bool IsTouched(KeyValuePair<string, string?> field) => IsTouched(field.Key);
}

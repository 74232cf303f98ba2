using Portal.Accounts;
using Portal.Accounts.Profiles;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>The fields of the page. Once the person was told what others saved in a field, it takes that as read.</summary>
public sealed class ProfileForm(ProfileInfo read) : EditDraft(read.Values)
{
    /// <summary>Everything as it was last read.</summary>
    public ProfileInfo Info { get; private set; } = read;

    /// <summary>What others saved in fields that are touched here, as far as the person was told.</summary>
    public Dictionary<string, string?> Theirs { get; } = [];

    /// <summary>What was wrong with the last edit. A new list each time.</summary>
    public IReadOnlyList<FieldError> Errors { get; set; } = [];

    /// <summary>The touched fields alone.</summary>
    public ProfileEdit Edit => new(Touched) { Before = Before };

    /// <summary>Others may have saved something: untouched fields follow.</summary>
    public void Hear(ProfileInfo now)
    {
        Info = now;
        Hear(now.Values);
        foreach (var name in Theirs.Keys.Where(name => !IsTouched(name)))
        {
            Theirs.Remove(name);
        }
    }

    /// <summary>An edit was saved; what was typed since stays touched.</summary>
    public void Saved(ProfileEdit edit, ProfileInfo now)
    {
        Info = now;
        Theirs.Clear();
        Saved(edit.Changes, now.Values);
    }

    /// <summary>The person is told what others saved; saving once more goes over it.</summary>
    public void Told(ProfileOutcome.Conflict conflict)
    {
        Hear(conflict.Now);
        foreach (var field in conflict.Fields)
        {
            Theirs[field.Field] = field.Theirs;
            Rebase(field.Field, field.Theirs);
        }
    }

    /// <summary>Takes what others saved in place of what was typed.</summary>
    public void TakeTheirs(string name)
    {
        if (Theirs.Remove(name, out var value))
        {
            this[name] = value;
        }
    }

    public string? ErrorOf(string name) => Errors.FirstOrDefault(error => error.Field == name)?.Message;

    /// <summary>Back to what was read.</summary>
    public void Discard()
    {
        Theirs.Clear();
        Errors = [];
        Restart(Info.Values);
    }
}

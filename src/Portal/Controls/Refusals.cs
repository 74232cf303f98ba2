using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts;

namespace Portal.Controls;

/// <summary>What a door refused, shown at the fields of a form.</summary>
internal sealed class Refusals
{
    private readonly EditContext form;
    private readonly ValidationMessageStore messages;

    public Refusals(EditContext form)
    {
        this.form = form;
        messages = new(form);
        // What was refused once is no reason not to ask again, and a field that was changed is no longer to blame.
        form.OnValidationRequested += (_, _) => messages.Clear();
        form.OnFieldChanged += (_, changed) => messages.Clear(changed.FieldIdentifier);
    }

    /// <summary>What belongs to no field of the form.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Takes all of them back, before another try.</summary>
    public void Clear()
    {
        Others.Clear();
        messages.Clear();
        form.NotifyValidationStateChanged();
    }

    /// <summary>Adds a sentence to no field.</summary>
    public void Add(string message) => Others.Add(message);

    /// <summary>Adds each error to its field, where the form has it.</summary>
    public void Add(IEnumerable<FieldError> errors)
    {
        foreach (var error in errors)
        {
            if (form.Model.GetType().GetProperty(error.Field) is null)
            {
                Others.Add(error.Message);
            }
            else
            {
                messages.Add(form.Field(error.Field), error.Message);
            }
        }

        form.NotifyValidationStateChanged();
    }
}

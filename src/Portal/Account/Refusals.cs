using Microsoft.AspNetCore.Components.Forms;
using Portal.Accounts;

namespace Portal.Account;

/// <summary>What a door refused, shown at the fields of a form.</summary>
internal sealed class Refusals(EditContext form)
{
    private readonly ValidationMessageStore messages = new(form);

    /// <summary>What belongs to no field of the form.</summary>
    public List<string> Others { get; } = [];

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

using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Asks for a role's name and description, and saves them.</summary>
public sealed partial class RoleDialog
{
    /// <summary>The field of its name, as a refusal has it.</summary>
    public const string Name = "Name";

    /// <summary>The field of what it is for.</summary>
    public const string Description = "Description";

    private const string FormId = "role";

    private readonly BusyCall _saving = new();
    private IReadOnlyList<FieldError>? _errors;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Which role, as <see cref="DraftForm.Subject"/> has it.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    [Parameter, EditorRequired] public EditDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired] public string Verb { get; set; } = "";

    /// <summary>Saves; answers what became of it, null when they would rather not.</summary>
    [Parameter, EditorRequired] public Func<EditDraft, Task<AdminOutcome?>> Save { get; set; } = null!;

    /// <summary>Asks and waits; false when nothing was saved.</summary>
    public static async Task<bool> AskAsync(IDialogService dialogs, string title, string verb, string subject, EditDraft draft, Func<EditDraft, Task<AdminOutcome?>> save)
    {
        var parameters = new DialogParameters<RoleDialog>
        {
            { dialog => dialog.Subject, subject },
            { dialog => dialog.Draft, draft },
            { dialog => dialog.Verb, verb },
            { dialog => dialog.Save, save },
        };
        var dialog = await dialogs.ShowAsync<RoleDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task SaveAsync()
    {
        switch (await Save(Draft))
        {
            case AdminOutcome.Done or AdminOutcome.Unchanged:
                Dialog.Close(DialogResult.Ok(true));
                break;
            case AdminOutcome.Refused refused:
                _errors = refused.Errors;
                break;
            case AdminOutcome.Conflict:
                _errors = [new FieldError(Name, "Somebody changed this role meanwhile. Close this and look at what it is now.")];
                break;
            case { } other:
                _errors = [new FieldError(Name, OperatorChange.RefusalOf(other) ?? "")];
                break;
        }
    }
}

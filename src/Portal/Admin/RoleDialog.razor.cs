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

    [Inject] private IDialogService Dialogs { get; init; } = null!;

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

    private static string FieldOf(string known) => known == RoleEdit.NameField ? Name : Description;

    private async Task SaveAsync()
    {
        AdminOutcome? outcome;
        do
        {
            outcome = await Save(Draft);
        }
        while (outcome is AdminOutcome.Conflict conflict && await ConflictDialog.SettleAsync(
            Dialogs,
            _saving,
            Draft,
            conflict with { Fields = [.. conflict.Fields.Select(field => field with { Field = FieldOf(field.Field) })] },
            field => (field.Field == Name ? "Name" : "What it is for", field)));
        if (OperatorChange.IsDone(outcome))
        {
            Dialog.Close(DialogResult.Ok(true));
            return;
        }

        _errors = outcome switch
        {
            AdminOutcome.Refused refused => refused.Errors,
            // They would rather look once more; what they typed stays.
            null or AdminOutcome.Conflict => null,
            _ => [new FieldError(Name, OperatorChange.RefusalOf(outcome) ?? "")],
        };
    }
}

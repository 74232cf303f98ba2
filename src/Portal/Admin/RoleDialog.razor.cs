using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Asks for a role's name and description, and saves them.</summary>
public sealed partial class RoleDialog
{
    private const string FormId = "role";

    private IReadOnlyList<FieldError>? _errors;
    private bool _isBusy;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired] public RoleDraft Draft { get; set; } = null!;

    [Parameter, EditorRequired] public string Verb { get; set; } = "";

    /// <summary>Saves; answers what became of it, null when they would rather not.</summary>
    [Parameter, EditorRequired] public Func<RoleDraft, Task<AdminOutcome?>> Save { get; set; } = null!;

    /// <summary>Asks and waits; null when nothing was saved.</summary>
    public static async Task<RoleDraft?> AskAsync(IDialogService dialogs, string title, string verb, RoleDraft draft, Func<RoleDraft, Task<AdminOutcome?>> save)
    {
        var parameters = new DialogParameters<RoleDialog> { { dialog => dialog.Draft, draft }, { dialog => dialog.Verb, verb }, { dialog => dialog.Save, save } };
        var dialog = await dialogs.ShowAsync<RoleDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false } ? draft : null;
    }

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task SaveAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
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
                    _errors = [new FieldError("Name", "Somebody changed this role meanwhile. Close this and look at what it is now.")];
                    break;
                case { } other:
                    _errors = [new FieldError("Name", OperatorChange.RefusalOf(other) ?? "")];
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}

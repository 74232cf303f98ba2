using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Asks which of two values stays, field by field. Theirs, until something else is chosen.</summary>
public sealed partial class ConflictDialog
{
    private const string FormId = "conflict";

    private readonly HashSet<string> _theirs = [];

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>What both changed, each with what the page calls it.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<(string Label, FieldConflict Field)> Fields { get; set; } = [];

    /// <summary>Asks and waits. The fields in which theirs stays; null when nothing was chosen.</summary>
    public static async Task<IReadOnlySet<string>?> AskAsync(IDialogService dialogs, IReadOnlyList<(string Label, FieldConflict Field)> fields)
    {
        var dialog = await dialogs.ShowAsync<ConflictDialog>(
            "Changed meanwhile",
            new DialogParameters<ConflictDialog> { { dialog => dialog.Fields, fields } },
            new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: IReadOnlySet<string> theirs } ? theirs : null;
    }

    /// <summary>
    /// Another operator was quicker: of what both changed this one chooses field by field, what only one of them changed stays.
    /// False when they would rather look once more; what they typed stays.
    /// </summary>
    public static async Task<bool> SettleAsync(
        IDialogService dialogs, BusyCall saving, EditDraft draft, AdminOutcome.Conflict conflict, Func<FieldConflict, (string Label, FieldConflict Field)> inWords)
    {
        var before = draft.Before;
        List<FieldConflict> both = [.. conflict.Fields.Where(field => field.Theirs != before.GetValueOrDefault(field.Field))];
        IReadOnlySet<string> theirs = new HashSet<string>();
        if (both.Count > 0)
        {
            if (await saving.AskAsync(AskAsync(dialogs, [.. both.Select(inWords)])) is not { } chosen)
            {
                return false;
            }

            theirs = chosen;
        }

        draft.Settle(conflict.Fields, theirs, conflict.Version);
        return true;
    }

    protected override void OnInitialized() => _theirs.UnionWith(Fields.Select(field => field.Field.Field));

    private static string Shown(string? value) => value is null ? "nothing" : $"“{value}”";

    private void Take(string field, string? chosen) => _ = chosen == "theirs" ? _theirs.Add(field) : _theirs.Remove(field);

    private void Choose() => Dialog.Close(DialogResult.Ok<IReadOnlySet<string>>(_theirs));
}

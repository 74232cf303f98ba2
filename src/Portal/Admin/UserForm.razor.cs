using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Edits a user; where another operator was quicker, lets this one choose field by field.</summary>
public sealed partial class UserForm
{
    private static readonly IReadOnlyList<LiveOption> Visibilities = [new("restricted", "Restricted"), new("public", "Public")];

    private readonly BusyCall _saving = new();
    private EditDraft _form = null!;
    private UserDetails? _heard;
    private IReadOnlyList<FieldError>? _errors;
    private string _announcement = "";
    private int _announced;

    [Parameter, EditorRequired] public UserDetails User { get; set; } = null!;

    /// <summary>Who edits.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Parameter] public EventCallback Saved { get; set; }

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    protected override void OnParametersSet()
    {
        _form ??= new EditDraft(User.Values);
        if (!ReferenceEquals(_heard, User))
        {
            _heard = User;
            _form.Hear(User.Values);
        }
    }

    private void Type(string name, string? value) => _form[name] = value;

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private string LabelOf(string field) => field switch
    {
        UserEdit.Email => "Email",
        UserEdit.UserName => "Username",
        PreferenceNames.Visibility => "Who sees the profile",
        PreferenceNames.EmailVisibility => "Who sees the address",
        _ => User.Fields.FirstOrDefault(known => PreferenceNames.OfProfile(known.Name) == field)?.Label ?? field,
    };

    private void Discard()
    {
        _errors = null;
        _form.Restart(User.Values);
    }

    private async Task SaveAsync()
    {
        string? reason = null;
        while (_form.IsDirty)
        {
            var edit = new UserEdit(_form.Touched) { Before = _form.Before, Reason = reason };
            switch (await OperatorChange.RunAsync(Dialogs, Person, by => Users.EditAsync($"{User.User.Id}", edit, by, CancellationToken.None)))
            {
                case AdminOutcome.Conflict conflict when await _saving.AskAsync(ConflictDialog.AskAsync(
                    Dialogs, [.. conflict.Fields.Select(field => (LabelOf(field.Field), field))])) is { } theirs:
                    _form.Settle(conflict.Fields, theirs);
                    continue;
                case AdminOutcome.Done or AdminOutcome.Unchanged:
                    await Saved.InvokeAsync();
                    _form.Saved(edit.Changes, User.Values);
                    (_errors, _announcement, _announced) = (null, "Saved.", _announced + 1);
                    return;
                case AdminOutcome.Refused { Errors: [{ Field: "Reason" }] }:
                    reason = await _saving.AskAsync(ReasonDialog.AskAsync(
                        Dialogs, $"Change the address of {User.User.Email}?", "They administer this site. The former address is told, and the new one has to be confirmed.", "Change address", ReasonWish.Required));
                    if (reason is null)
                    {
                        return;
                    }

                    continue;
                case AdminOutcome.Refused refused:
                    _errors = refused.Errors;
                    return;
                case null or AdminOutcome.Conflict:
                    // They would rather look once more; what they typed stays.
                    return;
                case var other:
                    _errors = [new FieldError(UserEdit.Email, OperatorChange.RefusalOf(other) ?? "")];
                    return;
            }
        }

        // Everything of the other's was taken.
        await Saved.InvokeAsync();
    }
}

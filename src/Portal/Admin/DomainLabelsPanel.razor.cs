using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Shows and edits what domains can be labelled with.</summary>
public sealed partial class DomainLabelsPanel
{
    private const string CategoryField = "category";
    private const string OrganisationField = "organisation";
    private const string NameField = "name";
    private const string ParentField = "parent";
    private const string IdentifierField = "identifier";

    private readonly BusyCall _adding = new();
    private readonly BusyCall _saving = new();
    private readonly EditDraft _category = new(CategoryField);
    private readonly EditDraft _organisation = new(OrganisationField, NameField, ParentField, IdentifierField);
    private ClaimsPrincipal _person = new();
    private DomainLabels _labels = new([], []);
    private IReadOnlyList<FieldError> _errors = [];
    private string? _refusal;
    private string _said = "";
    private int _saidCount;

    [Inject] private IDomainLabelAdmin Labels { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    /// <summary>The one that the form changes; null where it makes another.</summary>
    private OrganisationInfo? Edited => _labels.Organisations.FirstOrDefault(known => IdOf(known.Id) == _organisation[OrganisationField]);

    /// <summary>All but the edited one; that it is no part of its own the door sees to.</summary>
    private IReadOnlyList<LiveOption> Parents =>
    [
        new("", "Nothing: it stands by itself"),
        .. _labels.Organisations.Where(other => other.Id != Edited?.Id).Select(other => new LiveOption(IdOf(other.Id)!, DomainWords.PathOf(other))),
    ];

    protected override async Task OnInitializedAsync()
    {
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _labels = await Labels.ListAsync();
    }

    private static string? IdOf(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private long? NumberOf(string field) => long.TryParse(_organisation[field], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string? ErrorOf(string field) => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    private void Edit(OrganisationInfo? organisation)
    {
        _errors = [];
        // As if it were typed, so that a draft holds all of it.
        _organisation.Clear();
        (_organisation[OrganisationField], _organisation[NameField]) = (IdOf(organisation?.Id), organisation?.Name);
        (_organisation[ParentField], _organisation[IdentifierField]) = (IdOf(organisation?.ParentId), organisation?.Identifier);
    }

    private async Task AddCategoryAsync()
    {
        var name = _category[CategoryField] ?? "";
        if (await ChangeAsync(by => Labels.AddCategoryAsync(name, by, CancellationToken.None), $"Added the category {name.Trim()}."))
        {
            _category.Clear();
        }
    }

    private async Task DeleteAsync(DomainCategoryInfo category)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"Delete {category.Name}?", "Domains of this category have none then.", "Delete"))
        {
            await ChangeAsync(by => Labels.DeleteCategoryAsync(category.Id, by, CancellationToken.None), $"Deleted the category {category.Name}.");
        }
    }

    private async Task SaveOrganisationAsync()
    {
        var edit = new OrganisationEdit(
            _organisation[NameField] ?? "",
            NumberOf(ParentField),
            _organisation[IdentifierField]);
        if (await ChangeAsync(
            by => NumberOf(OrganisationField) is { } id ? Labels.EditOrganisationAsync(id, edit, by, CancellationToken.None) : Labels.AddOrganisationAsync(edit, by, CancellationToken.None),
            $"Saved {edit.Name.Trim()}."))
        {
            Edit(null);
        }
    }

    private async Task DeleteAsync(OrganisationInfo organisation)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"Delete {organisation.Name}?", "Domains of this organisation have none then.", "Delete"))
        {
            await ChangeAsync(by => Labels.DeleteOrganisationAsync(organisation.Id, by, CancellationToken.None), $"Deleted {organisation.Name}.");
        }
    }

    private async Task<bool> ChangeAsync(Func<Operator, Task<AdminOutcome>> change, string done)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, _person, change);
        _errors = (outcome as AdminOutcome.Refused)?.Errors ?? [];
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_said, _saidCount) = (done, _saidCount + 1);
        }

        _labels = await Labels.ListAsync();
        return OperatorChange.IsDone(outcome);
    }
}

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
public sealed partial class DomainLabelsPanel : IDisposable
{
    private const string CategoryField = "category";
    private const string OrganisationField = "organisation";
    private const string NameField = "name";
    private const string ParentField = "parent";
    private const string IdentifierField = "identifier";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly BusyCall _adding = new();
    private readonly BusyCall _saving = new();
    private readonly EditDraft _category = new(CategoryField);
    private readonly EditDraft _organisation = new(OrganisationField, NameField, ParentField, IdentifierField);
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private DomainLabels _labels = new([], []);
    private IReadOnlyList<FieldError> _errors = [];
    private string? _refusal;
    private string _said = "";
    private int _saidCount;

    [Inject] private IDomainLabelAdmin Labels { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    /// <summary>The one that the form changes; null where it makes another.</summary>
    /// <summary>Whether one that was there is in the form, were it gone by now.</summary>
    private bool IsEditing => _organisation[OrganisationField] is not null;

    private OrganisationInfo? Edited => _labels.Organisations.FirstOrDefault(known => IdOf(known.Id) == _organisation[OrganisationField]);

    /// <summary>All but the edited one; that it is no part of its own the door sees to.</summary>
    private IReadOnlyList<LiveOption> Parents =>
    [
        new("", "Nothing: it stands by itself"),
        .. _labels.Organisations.Where(other => other.Id != Edited?.Id).Select(other => new LiveOption(IdOf(other.Id)!, DomainWords.PathOf(other))),
    ];

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        await ReadAsync();
        if (RendererInfo.IsInteractive)
        {
            _live.HintEvery(LookInterval, InvokeAsync);
        }
    }

    private static string? IdOf(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private long? NumberOf(string field) => long.TryParse(_organisation[field], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string? ErrorOf(string field) => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task ReadAsync()
    {
        _labels = await Labels.ListAsync(_live!.Closed);
        StateHasChanged();
    }

    private void Edit(OrganisationInfo? organisation)
    {
        _errors = [];
        Fill(ValuesOf(organisation), organisation?.Version);
    }

    /// <summary>As if it were typed, so that a draft holds all of it.</summary>
    private void Fill(IReadOnlyDictionary<string, string?> values, string? version)
    {
        _organisation.Clear(version);
        foreach (var (field, value) in values)
        {
            _organisation[field] = value;
        }
    }

    private static Dictionary<string, string?> ValuesOf(OrganisationInfo? organisation) => new()
    {
        [OrganisationField] = IdOf(organisation?.Id),
        [NameField] = organisation?.Name,
        [ParentField] = IdOf(organisation?.ParentId),
        [IdentifierField] = organisation?.Identifier,
    };

    private async Task AddCategoryAsync()
    {
        var name = _category[CategoryField] ?? "";
        if (OperatorChange.IsDone(await ChangeAsync(by => Labels.AddCategoryAsync(name, by, CancellationToken.None), $"Added the category {name.Trim()}.")))
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
        AdminOutcome? outcome;
        do
        {
            var edit = new OrganisationEdit(_organisation[NameField] ?? "", NumberOf(ParentField), _organisation[IdentifierField]);
            outcome = await ChangeAsync(
                by => NumberOf(OrganisationField) is { } id
                    ? Labels.EditOrganisationAsync(id, edit, by with { Seen = _organisation.Version }, CancellationToken.None)
                    : Labels.AddOrganisationAsync(edit, by, CancellationToken.None),
                $"Saved {edit.Name.Trim()}.",
                settles: true);
        }
        while (outcome is AdminOutcome.Conflict conflict && await SettleAsync(conflict));
        if (OperatorChange.IsDone(outcome))
        {
            Edit(null);
        }
    }

    /// <summary>Another operator was quicker: this one chooses, field by field, between what is there now and what is in the form. False when they would rather look once more; what they typed stays.</summary>
    private async Task<bool> SettleAsync(AdminOutcome.Conflict conflict)
    {
        if (Edited is null)
        {
            // Gone meanwhile: the door says so.
            return true;
        }

        var now = ValuesOf(Edited);
        List<FieldConflict> both = [.. now.Select(field => new FieldConflict(field.Key, field.Value, _organisation[field.Key])).Where(field => field.Theirs != field.Yours)];
        if ((both.Count == 0 ? new HashSet<string>() : await _saving.AskAsync(ConflictDialog.AskAsync(Dialogs, [.. both.Select(InWords)]))) is not { } theirs)
        {
            return false;
        }

        Fill(now.ToDictionary(field => field.Key, field => theirs.Contains(field.Key) ? field.Value : _organisation[field.Key]), conflict.Version);
        return true;
    }

    private (string Label, FieldConflict Field) InWords(FieldConflict field) => field.Field switch
    {
        NameField => ("Name", field),
        ParentField => ("Part of", field with { Theirs = PathOf(field.Theirs), Yours = PathOf(field.Yours) }),
        _ => ("Identifier", field),
    };

    private string? PathOf(string? id) => _labels.Organisations.FirstOrDefault(known => IdOf(known.Id) == id) is { } organisation ? DomainWords.PathOf(organisation) : id;

    private async Task DeleteAsync(OrganisationInfo organisation)
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"Delete {organisation.Name}?", "Domains of this organisation have none then.", "Delete"))
        {
            await ChangeAsync(by => Labels.DeleteOrganisationAsync(organisation.Id, by with { Seen = organisation.Version }, CancellationToken.None), $"Deleted {organisation.Name}.");
        }
    }

    private async Task<AdminOutcome?> ChangeAsync(Func<Operator, Task<AdminOutcome>> change, string done, bool settles = false)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, _person, change);
        _errors = (outcome as AdminOutcome.Refused)?.Errors ?? [];
        _refusal = settles && outcome is AdminOutcome.Conflict ? null : OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_said, _saidCount) = (done, _saidCount + 1);
        }

        await ReadAsync();
        return outcome;
    }
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Shows a domain and takes decisions about it.</summary>
public sealed partial class DomainPanel : IDisposable
{
    private static readonly (string Status, string Verb)[] Verbs = [("verified", "Verify"), ("moderated", "Moderate"), ("new", "Mark as new"), ("blocked", "Block")];
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private LiveReading? _live;
    private ITimer? _looks;
    private ClaimsPrincipal _person = new();
    private DomainInfo? _domain;
    private DomainInfo? _filled;
    private DomainLabels _labels = new([], []);
    private IReadOnlyList<FieldError> _errors = [];
    private string? _category;
    private string? _organisation;
    private string? _flagSource;
    private string? _refusal;
    private string _said = "";
    private int _saidCount;
    private bool _flagged;
    private bool _isRead;
    private bool _busy;

    /// <summary>The domain's name, as the address has it.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Inject] private IDomainAdmin Domains { get; init; } = null!;

    [Inject] private IDomainLabelAdmin Labels { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private string People
    {
        get
        {
            var users = _domain!.Users;
            return string.Create(
                CultureInfo.CurrentCulture,
                $"{users.Users:N0}: {users.Active:N0} active, {users.Inactive:N0} inactive, {users.Confirmed:N0} confirmed, {users.Verified:N0} verified, {users.Blocked:N0} blocked; without those of subdomains");
        }
    }

    private IReadOnlyList<LiveOption> Categories => [new("", "Unknown"), .. _labels.Categories.Select(category => new LiveOption(IdOf(category.Id), category.Name))];

    private IReadOnlyList<LiveOption> Organisations =>
        [new("", "Unknown"), .. _labels.Organisations.Select(organisation => new LiveOption(IdOf(organisation.Id), DomainWords.PathOf(organisation)))];

    public void Dispose()
    {
        _looks?.Dispose();
        _live?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _labels = await Labels.ListAsync(_live.Closed);
        await ReadAsync();
        FillForm();
        if (RendererInfo.IsInteractive && !_live.Closed.IsCancellationRequested)
        {
            _looks = Time.CreateTimer(_ => _ = InvokeAsync(_live.HintAsync), null, LookInterval, LookInterval);
        }
    }

    private static string IdOf(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static long? NumberOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string? ErrorOf(string field) => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    /// <summary>What is typed stays: only the first look and a save fill the form.</summary>
    private void FillForm()
    {
        _filled = _domain;
        (_category, _organisation, _flagged, _flagSource) =
            (IdOf(_domain?.Category?.Id), IdOf(_domain?.Organisation?.Id), _domain?.IsFlagged == true, _domain?.FlagSource);
    }

    private static object LabelsOf(DomainInfo? domain) => (domain?.Category?.Id, domain?.Organisation?.Id, domain?.IsFlagged, domain?.FlagSource);

    private async Task ReadAsync()
    {
        _domain = await Domains.FindAsync(Name, _live!.Closed);
        _isRead = true;
        StateHasChanged();
    }

    private async Task DecideAsync(string status, string verb)
    {
        if (status is "blocked" or "verified")
        {
            var effect = await Domains.PreviewAsync(Name, status, _live!.Closed);
            var question = status == "blocked" ? DomainWords.OfBlocking(Name, effect) : DomainWords.OfVerifying(Name, effect);
            if (!await ConfirmDialog.AskAsync(Dialogs, $"{verb} {Name}?", question, verb))
            {
                return;
            }
        }

        // Asked for is asked for, even if this tab closes now.
        await ChangeAsync(
            by => Domains.SetAsync(Name, status, by, CancellationToken.None),
            ended => $"{Name} is {status}.{(ended > 0 ? $" {DomainWords.Sessions(ended)} ended." : "")}");
        if (Equals(LabelsOf(_domain), LabelsOf(_filled)))
        {
            // One's own decision is no reason to be asked about what one typed.
            _filled = _domain;
        }
    }

    private async Task SaveAsync()
    {
        AdminOutcome? outcome;
        do
        {
            var edit = new DomainEdit
            {
                CategoryId = NumberOf(_category) ?? 0,
                OrganisationId = NumberOf(_organisation) ?? 0,
                IsFlagged = _flagged,
                FlagSource = _flagSource ?? "",
                Version = _filled?.Version,
            };
            outcome = await ChangeAsync(by => Domains.EditAsync(Name, edit, by, CancellationToken.None), _ => "Saved.");
        }
        while (outcome is AdminOutcome.Conflict conflict && await SettleAsync(conflict));
        if (OperatorChange.IsDone(outcome))
        {
            FillForm();
        }
    }

    /// <summary>
    /// Another operator was quicker: what only they changed is taken, what only this one changed stays, and of what both did this
    /// one chooses field by field. False when they would rather look once more; what they typed stays.
    /// </summary>
    private async Task<bool> SettleAsync(AdminOutcome.Conflict conflict)
    {
        _refusal = null;
        var theirs = conflict.Fields.Where(field => field.Yours == Filled(field.Field)).Select(field => field.Field).ToHashSet();
        List<FieldConflict> both = [.. conflict.Fields.Where(field => !theirs.Contains(field.Field) && field.Theirs != Filled(field.Field))];
        if (both.Count > 0)
        {
            if (await ConflictDialog.AskAsync(Dialogs, [.. both.Select(InWords)]) is not { } chosen)
            {
                return false;
            }

            theirs.UnionWith(chosen);
        }

        foreach (var field in conflict.Fields.Where(field => theirs.Contains(field.Field)))
        {
            _category = field.Field == "category" ? field.Theirs : _category;
            _organisation = field.Field == "organisation" ? field.Theirs : _organisation;
            _flagged = field.Field == "flagged" ? field.Theirs == "true" : _flagged;
            _flagSource = field.Field == "flag_source" ? field.Theirs : _flagSource;
        }

        _filled = _domain is null ? null : _domain with { Version = conflict.Version };
        return true;
    }

    /// <summary>What a field held when the form was filled.</summary>
    private string? Filled(string field) => field switch
    {
        "category" => _filled?.Category?.Id.ToString(CultureInfo.InvariantCulture),
        "organisation" => _filled?.Organisation?.Id.ToString(CultureInfo.InvariantCulture),
        "flagged" => _filled?.IsFlagged == true ? "true" : "false",
        _ => _filled?.FlagSource,
    };

    private (string Label, FieldConflict Field) InWords(FieldConflict field)
    {
        var (label, words) = field.Field switch
        {
            "category" => ("Category", (Func<string?, string?>)(id => Categories.FirstOrDefault(option => option.Value == (id ?? ""))?.Words ?? id)),
            "organisation" => ("Organisation", id => Organisations.FirstOrDefault(option => option.Value == (id ?? ""))?.Words ?? id),
            "flagged" => ("Flagged", flag => flag == "true" ? "Yes" : "No"),
            _ => ("Flagged by", source => source),
        };
        return (label, field with { Theirs = words(field.Theirs), Yours = words(field.Yours) });
    }

    private async Task DeleteAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"Delete {Name}?", "It goes off the list, with what was decided about it.", "Delete")
            && OperatorChange.IsDone(await ChangeAsync(by => Domains.DeleteAsync(Name, by, cancellationToken: CancellationToken.None), _ => $"{Name} is off the list.")))
        {
            Navigation.NavigateTo(PortalUrls.AdminDomainsPath);
        }
    }

    private async Task<AdminOutcome?> ChangeAsync(Func<Operator, Task<AdminOutcome>> change, Func<int, string> done)
    {
        if (_busy)
        {
            return null;
        }

        _busy = true;
        try
        {
            var outcome = await OperatorChange.RunAsync(Dialogs, _person, change);
            _errors = (outcome as AdminOutcome.Refused)?.Errors ?? [];
            _refusal = OperatorChange.RefusalOf(outcome);
            if (OperatorChange.IsDone(outcome))
            {
                (_said, _saidCount) = (done((outcome as AdminOutcome.Done)?.EndedSessions ?? 0), _saidCount + 1);
            }

            await ReadAsync();
            return outcome;
        }
        finally
        {
            _busy = false;
        }
    }
}

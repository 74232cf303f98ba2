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
    // As a conflict names them.
    private const string CategoryField = "category";
    private const string OrganisationField = "organisation";
    private const string FlaggedField = "flagged";
    private const string FlagSourceField = "flag_source";

    private static readonly (string Status, string Verb)[] Verbs = [("verified", "Verify"), ("moderated", "Moderate"), ("new", "Mark as new"), ("blocked", "Block")];
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly BusyCall _saving = new();
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private readonly EditDraft _draft = new(ValuesOf(null));
    private DomainInfo? _domain;
    private DomainLabels _labels = new([], []);
    private IReadOnlyList<FieldError> _errors = [];
    private string? _refusal;
    private string _said = "";
    private int _saidCount;
    private bool _isRead;
    private bool _busy;

    // While the people of a domain follow what was decided: what, what stops it, how many there were and how many have.
    private string? _following;
    private CancellationTokenSource? _stop;
    private ListTotal _followers;
    private long _followed;

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

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        _labels = await Labels.ListAsync(_live.Closed);
        await ReadAsync();
        if (RendererInfo.IsInteractive)
        {
            _live.HintEvery(LookInterval, InvokeAsync);
        }
    }

    private static string IdOf(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static long? NumberOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private string? ErrorOf(string field) => _errors.FirstOrDefault(error => error.Field == field)?.Message;

    /// <summary>What a form of a domain holds; nothing of one that is not listed.</summary>
    private static Dictionary<string, string?> ValuesOf(DomainInfo? domain) => new()
    {
        [CategoryField] = domain?.Category?.Id.ToString(CultureInfo.InvariantCulture),
        [OrganisationField] = domain?.Organisation?.Id.ToString(CultureInfo.InvariantCulture),
        [FlaggedField] = domain?.IsFlagged == true ? "true" : "false",
        [FlagSourceField] = domain?.FlagSource,
    };

    private async Task ReadAsync()
    {
        _domain = await Domains.FindAsync(Name, _live!.Closed);
        _isRead = true;
        if (!_draft.IsDirty)
        {
            Restart();
        }

        StateHasChanged();
    }

    private async Task DecideAsync(string status, string verb)
    {
        var effect = DomainEffect.None;
        if (status is "blocked" or "verified")
        {
            effect = await Domains.PreviewAsync(Name, status, _live!.Closed);
            var question = status == "blocked" ? DomainWords.OfBlocking(Name, effect) : DomainWords.OfVerifying(Name, effect);
            if (!await ConfirmDialog.AskAsync(Dialogs, $"{verb} {Name}?", question, verb))
            {
                return;
            }
        }

        await AloneAsync(
            by => DecideAsync(status, by, effect.People),
            done => done.IsStopped ? DomainWords.Stopped(status, _followed, _followers.Count)
                : $"{Name} is {status}.{(done.EndedSessions > 0 ? $" {DomainWords.Sessions(done.EndedSessions)} ended." : "")}");
    }

    /// <summary>Decides, and shows how far its people have followed. Asked for is asked for, even if this tab closes now.</summary>
    private async Task<AdminOutcome> DecideAsync(string status, Operator by, long people)
    {
        // Not disposed of: a press that was on its way when it ended must find it.
        var stop = new CancellationTokenSource();
        (_following, _stop, _followers, _followed) = (people > 0 ? status : null, stop, new ListTotal(people), 0);
        StateHasChanged();
        try
        {
            // SQLite waits for its file without giving the thread back: what says that it is at work goes to the browser first.
            await Task.Yield();
            return await Domains.SetAsync(Name, status, by, followed => _ = InvokeAsync(() =>
            {
                _followed = followed;
                StateHasChanged();
            }), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (await Domains.FindAsync(Name, CancellationToken.None))?.Status == status
                ? new AdminOutcome.Done { IsStopped = true }
                : new AdminOutcome.Refused([new FieldError("Domain", "Stopped before anything was decided.")]);
        }
        finally
        {
            (_following, _stop) = (null, null);
        }
    }

    /// <summary>The form holds what was read.</summary>
    private void Restart()
    {
        _draft.Restart(ValuesOf(_domain), _domain?.Version);
    }

    private async Task SaveAsync()
    {
        AdminOutcome? outcome;
        do
        {
            var touched = _draft.Touched;
            var edit = new DomainEdit
            {
                CategoryId = touched.TryGetValue(CategoryField, out var category) ? NumberOf(category) ?? 0 : null,
                OrganisationId = touched.TryGetValue(OrganisationField, out var organisation) ? NumberOf(organisation) ?? 0 : null,
                IsFlagged = touched.TryGetValue(FlaggedField, out var flagged) ? flagged == "true" : null,
                FlagSource = touched.TryGetValue(FlagSourceField, out var source) ? source ?? "" : null,
                Version = _draft.Version,
            };
            outcome = await ChangeAsync(by => Domains.EditAsync(Name, edit, by, CancellationToken.None), _ => "Saved.");
        }
        while (outcome is AdminOutcome.Conflict conflict && await ConflictDialog.SettleAsync(Dialogs, _saving, _draft, conflict, InWords));
        if (OperatorChange.IsDone(outcome))
        {
            Restart();
        }
    }

    private (string Label, FieldConflict Field) InWords(FieldConflict field)
    {
        var (label, words) = field.Field switch
        {
            CategoryField => ("Category", (Func<string?, string?>)(id => Categories.FirstOrDefault(option => option.Value == (id ?? ""))?.Words ?? id)),
            OrganisationField => ("Organisation", id => Organisations.FirstOrDefault(option => option.Value == (id ?? ""))?.Words ?? id),
            FlaggedField => ("Flagged", flag => flag == "true" ? "Yes" : "No"),
            _ => ("Flagged by", source => source),
        };
        return (label, field with { Theirs = words(field.Theirs), Yours = words(field.Yours) });
    }

    private async Task DeleteAsync()
    {
        // As it was when the question was asked: what somebody decides meanwhile does not go unseen.
        var version = _domain?.Version;
        if (await ConfirmDialog.AskAsync(Dialogs, $"Delete {Name}?", "It goes off the list, with what was decided about it.", "Delete")
            && OperatorChange.IsDone(await AloneAsync(by => Domains.DeleteAsync(Name, by, version, CancellationToken.None), _ => $"{Name} is off the list.")))
        {
            Navigation.NavigateTo(PortalUrls.AdminDomainsPath);
        }
    }

    /// <summary>One decision after the other. What is known of the domain is saved meanwhile, for its people may follow for long.</summary>
    private async Task<AdminOutcome?> AloneAsync(Func<Operator, Task<AdminOutcome>> change, Func<AdminOutcome.Done, string> done)
    {
        if (_busy)
        {
            return null;
        }

        _busy = true;
        try
        {
            return await ChangeAsync(change, done);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<AdminOutcome?> ChangeAsync(Func<Operator, Task<AdminOutcome>> change, Func<AdminOutcome.Done, string> done)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, _person, change);
        _errors = (outcome as AdminOutcome.Refused)?.Errors ?? [];
        // What both changed is asked for.
        _refusal = outcome is AdminOutcome.Conflict { Fields.Count: > 0 } ? null : OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_said, _saidCount) = (done(outcome as AdminOutcome.Done ?? new()), _saidCount + 1);
        }

        await ReadAsync();
        return outcome;
    }
}

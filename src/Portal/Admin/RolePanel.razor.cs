using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Shows one role and its people, live; gives it and takes it.</summary>
public sealed partial class RolePanel : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private LiveReading? _live;
    private RoleDetails? _role;
    private ListPage<RoleMember>? _members;
    private ClaimsPrincipal _person = new();
    private EditDraft? _edited;
    private Draft? _returned;
    private bool _isRead;
    private string? _refusal;
    private string _announcement = "";
    private int _announced;

    // While it is deleted: what stops it, how many had it and how many have lost it.
    private CancellationTokenSource? _stop;
    private ListTotal _losing;
    private long _lost;

    /// <summary>An id or a name.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>Where one is.</summary>
    [Parameter, EditorRequired] public ListAddress Address { get; set; } = null!;

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    /// <summary>What is typed in the dialog, which goes with the circuit; kept by the framework, for the dialog of the next.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipInitialValue)]
    public Draft? Draft
    {
        get => _person.SessionId() is { } sessionId ? _edited?.DraftFor(sessionId, Subject) : null;
        set => _returned = value;
    }

    private string Subject => $"role {_role?.Role.Id}";

    private RenderFragment<RoleMember> Removing => member => builder =>
    {
        builder.OpenElement(0, "button");
        builder.AddAttribute(1, "type", "button");
        builder.AddAttribute(2, "class", "button quiet");
        builder.AddAttribute(3, "aria-label", $"Remove {member.Email}");
        builder.AddAttribute(4, "disabled", !RendererInfo.IsInteractive);
        builder.AddAttribute(5, "onclick", EventCallback.Factory.Create(this, () => RemoveAsync(member)));
        builder.AddContent(6, "Remove");
        builder.CloseElement();
    };

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync, happened => happened is AccountEvent.UserChanged);
            // What becomes of a role that nobody has is no event.
            _live.HintEvery(LookInterval, InvokeAsync);
        }
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_role is not null && _returned is { } draft)
        {
            _returned = null;
            if (_role.CanBeChanged && draft.IsFor(_person.SessionId(), Subject))
            {
                await EditAsync(draft);
            }
        }
    }

    /// <summary>What is wanted of a field; null where nobody touched it.</summary>
    private static string? TouchedOf(EditDraft typed, string field) => typed.Touched.TryGetValue(field, out var value) ? value ?? "" : null;

    private async Task ReadAsync()
    {
        var window = Address.Window(25);
        var role = await Roles.FindAsync(Id, _live!.Closed);
        var members = role is null ? null : await Roles.MembersAsync(role.Role.Id, window, _live.Closed);
        // Gone while it is deleted here: the page leaves in a moment, and says so.
        if (window == Address.Window(25) && !(role is null && _stop is not null))
        {
            (_role, _members, _isRead) = (role, members, true);
            StateHasChanged();
        }
    }

    private async Task EditAsync(Draft? returned)
    {
        var role = _role!.Role;
        var edited = new EditDraft(new Dictionary<string, string?> { [RoleDialog.Name] = role.Name, [RoleDialog.Description] = role.Description }, _role.Version);
        if (returned is not null)
        {
            edited.Restore(returned);
        }

        _edited = edited;
        try
        {
            var isSaved = await RoleDialog.AskAsync(Dialogs, $"Edit {role.Name}", "Save", Subject, edited, typed => OperatorChange.RunAsync(
                Dialogs,
                _person,
                by => Roles.EditAsync(
                    $"{role.Id}",
                    new RoleEdit(TouchedOf(typed, RoleDialog.Name), TouchedOf(typed, RoleDialog.Description), typed.Version),
                    by,
                    CancellationToken.None)));
            await ToldAsync(isSaved ? new AdminOutcome.Done() : null, "Saved.");
        }
        finally
        {
            _edited = null;
        }
    }

    private async Task DeleteAsync()
    {
        var role = _role!;
        var text = role.Members is { IsExact: true, Count: 0 } ? "Nobody has it."
            : $"{RoleWords.People(role.Members)} will lose it; their open pages follow at once.";
        if (!await ConfirmDialog.AskAsync(Dialogs, $"Delete the role {role.Role.Name}?", text, "Delete role"))
        {
            return;
        }

        var outcome = await OperatorChange.RunAsync(Dialogs, _person, by => DeleteAsync(role, by));
        if (_live!.Closed.IsCancellationRequested)
        {
            // They are somewhere else by now.
            return;
        }

        if (outcome is AdminOutcome.Done { IsStopped: false })
        {
            Navigation.NavigateTo(PortalUrls.AdminRolesPath);
            return;
        }

        await ToldAsync(outcome, outcome is AdminOutcome.Done early ? RoleWords.EndedEarly(early) : "");
    }

    /// <summary>Deletes it, showing how far it is. Only its button stops it: asked for is asked for, even if this tab closes now.</summary>
    private async Task<AdminOutcome> DeleteAsync(RoleDetails role, Operator by)
    {
        // Not disposed of: a press that was on its way when it ended must find it.
        var stop = new CancellationTokenSource();
        (_stop, _losing, _lost) = (stop, role.Members, 0);
        StateHasChanged();
        try
        {
            return await Roles.DeleteAsync($"{role.Role.Id}", by, role.Version, lost => _ = InvokeAsync(() =>
            {
                _lost = lost;
                StateHasChanged();
            }), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new AdminOutcome.Done { Members = 0, IsStopped = true };
        }
        finally
        {
            _stop = null;
        }
    }

    private async Task AddAsync(RoleMember person) => await ToldAsync(
        await OperatorChange.RunAsync(Dialogs, _person, by => Roles.AddAsync($"{person.UserId}", _role!.Role.Name, by, CancellationToken.None)),
        $"{person.Email} has the role {_role!.Role.Name}.");

    private async Task RemoveAsync(RoleMember member)
    {
        var name = _role!.Role.Name;
        if (await ConfirmDialog.AskAsync(
            Dialogs, $"Remove {member.Email}?", $"They lose the role {name}. Pages that they may not see any more close at once.", "Remove"))
        {
            await ToldAsync(
                await OperatorChange.RunAsync(Dialogs, _person, by => Roles.RemoveAsync($"{member.UserId}", name, by, CancellationToken.None)),
                $"{member.Email} does not have the role {name} any more.");
        }
    }

    /// <summary>Says what became of it, and looks again.</summary>
    private async Task ToldAsync(AdminOutcome? outcome, string done)
    {
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            Announce(done);
        }

        await ReadAsync();
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}

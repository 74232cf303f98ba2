using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>A form of live fields (<see cref="LiveField"/> and its like), none of which takes a secret.</summary>
/// <remarks>
/// What is typed survives a lost connection in two ways. For a short while the page stays as it is; what was typed
/// meanwhile is told again by drafts.js when the connection is back. When the circuit is gone, the framework keeps
/// <see cref="Draft"/> and gives it to the circuit that takes its place, which shows it to the same session alone.
/// </remarks>
public sealed partial class DraftForm
{
    private Draft? _returned;
    private string? _sessionId;
    private int _heard;
    private bool _isRestored;

    /// <summary>Kept by the framework when it gives the circuit up; never at the page's first showing.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipInitialValue)]
    public Draft? Draft
    {
        get => _sessionId is null ? null : Form?.DraftFor(_sessionId, Subject);
        set => _returned = value;
    }

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    /// <summary>What is edited, such as "user 5": no other form of the page, nor of another page, takes what was typed here.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    /// <summary>What its fields hold, kept when the circuit goes. Null where it cannot be shown again without a press, as in a dialog.</summary>
    [Parameter] public EditDraft? Form { get; set; }

    /// <summary>Whether leaving the page asks first when something is not saved. Without a <see cref="Form"/> to tell: whether something is not saved.</summary>
    [Parameter] public bool AsksToLeave { get; set; }

    [Parameter] public EventCallback OnSubmit { get; set; }

    [Parameter] public string? Id { get; set; }

    [Parameter] public string? Class { get; set; }

    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>A field told. The page's script counts along, so that it knows what was lost on the way.</summary>
    internal void Hear()
    {
        _heard++;
        StateHasChanged();
    }

    protected override async Task OnInitializedAsync()
    {
        _sessionId = (await Authentication.GetAuthenticationStateAsync()).User.SessionId();
        _isRestored = _returned is { } draft && draft.IsFor(_sessionId, Subject) && Form?.Restore(draft) == true;
        _returned = null;
    }

    protected override void OnParametersSet() => _isRestored &= Form?.IsDirty == true;
}

using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows a person's profile and preferences and saves what they change.</summary>
public sealed partial class ProfilePanel : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly BusyCall _saving = new();
    private ClaimsPrincipal _person = new();
    private ProfileForm? _form;
    private IDisposable? _subscription;
    private ElementReference _conflict;
    private BusyButton _save = null!;
    private TimeSpan? _wait;
    private bool _isSaved;
    private bool _tellsConflict;

    [Inject] private IProfileService Profiles { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    public void Dispose()
    {
        _subscription?.Dispose();
        // Not disposed: a reading under way still asks for its token.
        _closed.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _subscription = Events.Subscribe(happened =>
            {
                if (happened is AccountEvent.UserChanged && happened.UserId == userId)
                {
                    _ = InvokeAsync(ReadAgainAsync);
                }
            });
        }

        if (await Profiles.FindAsync(_person, _closed.Token) is { } found)
        {
            _form = new ProfileForm(found);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_tellsConflict)
        {
            _tellsConflict = false;
            await QuietlyAsync(_conflict.FocusAsync());
        }
    }

    private async Task ReadAgainAsync()
    {
        try
        {
            if (await Profiles.FindAsync(_person, _closed.Token) is { } now && !_saving.IsBusy)
            {
                _form?.Hear(now);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException)
        {
            // The tab closed.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private void Hear((string Name, string? Value) field)
    {
        _form![field.Name] = field.Value;
        _isSaved = false;
    }

    private async Task DiscardAsync()
    {
        _form!.Discard();
        (_isSaved, _wait) = (false, null);
        // The button that was pressed goes, and would take the focus along.
        await QuietlyAsync(_save.FocusAsync());
    }

    private async Task SaveAsync()
    {
        if (_form is not { } form)
        {
            return;
        }

        (_isSaved, _wait, form.Errors) = (false, null, []);
        // Asked for is asked for, even if this tab closes now.
        var edit = WithRequired(form.Edit);
        await ShowAsync(form, edit, await Profiles.SaveAsync(_person, edit, CancellationToken.None));
    }

    private async Task ShowAsync(ProfileForm form, ProfileEdit edit, ProfileOutcome outcome)
    {
        switch (outcome)
        {
            case ProfileOutcome.Saved saved:
                form.Saved(edit, saved.Now);
                _isSaved = true;
                if (edit.Changes.ContainsKey(PreferenceNames.Theme))
                {
                    await QuietlyAsync(Script.InvokeVoidAsync("portal.useTheme", saved.Now.Values[PreferenceNames.Theme]));
                }

                break;
            case ProfileOutcome.Invalid invalid:
                form.Errors = invalid.Errors;
                break;
            case ProfileOutcome.Conflict conflict:
                form.Told(conflict);
                _tellsConflict = true;
                break;
            case ProfileOutcome.Throttled throttled:
                _wait = throttled.RetryAfter;
                break;
            case ProfileOutcome.Gone:
                // Asked for anew, the address answers with the reason.
                Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
                break;
        }
    }

    /// <summary>A call that finds nobody at the other end, now or within its minute, must not end the circuit: the connection may come back.</summary>
    private static async Task QuietlyAsync(ValueTask call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // Nothing was lost but a focus or a look.
        }
    }

    /// <summary>A profile is not saved while a field that must be filled in is empty, touched or not.</summary>
    private ProfileEdit WithRequired(ProfileEdit edit) =>
        edit.Changes.Keys.Any(name => name.StartsWith(PreferenceNames.ProfilePrefix, StringComparison.Ordinal))
            ? edit with
            {
                Changes = edit.Changes.Concat(Profiles.Fields
                    .Where(field => field.IsRequired)
                    .Select(field => KeyValuePair.Create(PreferenceNames.OfProfile(field.Name), (string?)null))
                    .Where(field => _form![field.Key] is null && !edit.Changes.ContainsKey(field.Key))).ToDictionary(),
            }
            : edit;

    private string LabelOf(string name) =>
        Profiles.Fields.FirstOrDefault(field => PreferenceNames.OfProfile(field.Name) == name)?.Label ?? PreferenceOptions.Label(name);
}

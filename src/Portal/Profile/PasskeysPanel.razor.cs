using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Lists a person's passkeys and changes them. One added or removed in another tab shows here without a refresh.</summary>
public sealed partial class PasskeysPanel : IDisposable
{
    private readonly BusyCall _saving = new();
    private readonly Dictionary<string, ElementReference> _renames = [];
    private LiveField? _field;
    private string? _focus;
    private LiveReading? _live;
    private ClaimsPrincipal _person = new();
    private PasskeyList? _list;
    private bool? _isPossible;
    private bool _endOthers = true;
    private string? _said;
    private int? _ended;
    private string? _refused;
    private string? _renaming;
    private string? _name;
    private string? _nameError;

    [Inject] private IPasskeyService Passkeys { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private IJSRuntime Script { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
        }

        _list = await Passkeys.FindAsync(_person, _live.Closed);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _isPossible = await NewPasskey.IsPossibleAsync(Script);
            // What was removed elsewhere, by an administrator or another browser, is forgotten here too.
            await SignalAsync();
            StateHasChanged();
        }

        // What was pressed is gone from the page: the field takes its place, and the button the field's.
        if (_focus is { } id && (_renaming is null || _field is not null))
        {
            _focus = null;
            await (_renaming is null ? _renames.GetValueOrDefault(id).FocusAsync() : _field!.FocusAsync());
        }
    }

    private async Task ReadAsync()
    {
        // Null when the session has ended: the page is about to go.
        if (await Passkeys.FindAsync(_person, _live!.Closed) is { } now)
        {
            _list = now;
            StateHasChanged();
        }
    }

    private async Task AddAsync(BusyCall call)
    {
        Forget();
        var begun = await Passkeys.BeginAddingAsync(_person, CancellationToken.None);
        if (begun is PasskeyOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            begun = await Passkeys.BeginAddingAsync(_person, CancellationToken.None);
        }

        if (begun is not PasskeyOutcome.Ready { Prompt: var prompt })
        {
            Tell(begun);
            return;
        }

        var made = await call.AskAsync(NewPasskey.AskAsync(Script, prompt.Options));
        if (made.Answer is null)
        {
            _refused = PasskeyWords.WhyNotMade(made.Fault);
            return;
        }

        await ConcludeAsync(
            await Passkeys.AddAsync(_person, prompt.Ticket, made.Answer, _endOthers, CancellationToken.None),
            passkey => $"{passkey.Name} is added. You can sign in with it from now on.");
    }

    private async Task RemoveAsync(BusyCall call, PasskeyInfo passkey)
    {
        Forget();
        var question = FactorDialog.AskAsync(
            Dialogs, $"Remove {passkey.Name}?",
            $"Nobody can sign in with “{passkey.Name}” any more. If your password manager still offers it afterwards, delete it there too.",
            "Remove", isLoss: true);
        if (await call.AskAsync(question) is not { } endOthers)
        {
            return;
        }

        var outcome = await Passkeys.RemoveAsync(_person, passkey.Id, endOthers, CancellationToken.None);
        if (outcome is PasskeyOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await Passkeys.RemoveAsync(_person, passkey.Id, endOthers, CancellationToken.None);
        }

        await ConcludeAsync(outcome, removed => $"{removed.Name} is removed. Nobody can sign in with it any more.");
    }

    private void StartRenaming(PasskeyInfo passkey)
    {
        Forget();
        (_renaming, _name, _nameError, _focus) = (passkey.Id, passkey.Name, null, passkey.Id);
    }

    private void StopRenaming() => (_focus, _renaming, _name, _nameError) = (_renaming, null, null, null);

    private async Task RenameAsync(PasskeyInfo passkey)
    {
        var outcome = await Passkeys.RenameAsync(_person, passkey.Id, _name, CancellationToken.None);
        if (outcome is PasskeyOutcome.Invalid invalid)
        {
            _nameError = invalid.Error.Message;
            return;
        }

        StopRenaming();
        Tell(outcome);
        await ReadAsync();
    }

    private async Task ConcludeAsync(PasskeyOutcome outcome, Func<PasskeyInfo, string> words)
    {
        if (outcome is PasskeyOutcome.Done done)
        {
            (_said, _ended) = (words(done.Passkey), done.EndedSessions);
            await ReadAsync();
            await SignalAsync();
        }
        else
        {
            Tell(outcome);
        }
    }

    private void Forget() => (_said, _ended, _refused) = (null, null, null);

    private void Tell(PasskeyOutcome outcome) => _refused = outcome switch
    {
        PasskeyOutcome.Refused refused => PasskeyWords.Of(refused.Reason),
        PasskeyOutcome.Taken => PasskeyWords.WhyNotMade("InvalidStateError"),
        PasskeyOutcome.Full => $"You have {PasskeyList.MaxPasskeys} passkeys, which is as many as one may have. Remove one that you do not use first.",
        PasskeyOutcome.LastWayIn => "This is the only way into your account. Add another passkey or choose a password first, then remove this one.",
        PasskeyOutcome.Missing => "This passkey is gone already; it was removed elsewhere.",
        PasskeyOutcome.Impersonating => ImpersonationWords.Refused,
        _ => null,
    };

    private Task SignalAsync() => _list?.Signal is { } signal ? NewPasskey.SignalAsync(Script, signal) : Task.CompletedTask;
}

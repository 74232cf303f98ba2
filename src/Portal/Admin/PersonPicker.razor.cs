using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Finds somebody who may get a role.</summary>
public sealed partial class PersonPicker : IDisposable
{
    private const int MostFound = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private IReadOnlyList<RoleMember> _found = [];
    private CancellationTokenSource? _typing;
    private string _text = "";
    private string _said = "";
    private bool _isOpen;
    private int _at = -1;

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The role they may get; who has it already is shown and cannot be taken.</summary>
    [Parameter, EditorRequired] public long Role { get; set; }

    [Parameter] public EventCallback<RoleMember> Picked { get; set; }

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _typing?.Cancel();

    private static string OptionId(int index) => string.Create(CultureInfo.InvariantCulture, $"person-picker-{index}");

    private bool IsAt(int index) => _isOpen && index >= 0 && index < _found.Count;

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        _typing?.Cancel();
        var typing = _typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Time, typing.Token);
            var found = await Roles.CandidatesAsync(Role, _text, MostFound, typing.Token);
            (_found, _at, _isOpen) = (found, -1, found.Count > 0);
            _said = _text.Trim().Length < 2 ? "" : found.Count switch
            {
                0 => "Nobody found.",
                1 => "One person found.",
                _ => string.Create(CultureInfo.CurrentCulture, $"{found.Count} people found."),
            };
        }
        catch (OperationCanceledException)
        {
            // Another key came.
        }
    }

    private async Task PressAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _found.Count > 0:
                (_at, _isOpen) = (_isOpen ? (_at + 1) % _found.Count : 0, true);
                break;
            case "ArrowUp" when _found.Count > 0:
                (_at, _isOpen) = (_isOpen && _at > 0 ? _at - 1 : _found.Count - 1, true);
                break;
            case "Enter" when IsAt(_at):
                await PickAsync(_found[_at]);
                break;
            case "Escape" when _isOpen:
                (_isOpen, _at) = (false, -1);
                break;
            case "Escape":
                Clear();
                break;
        }
    }

    private async Task PickAsync(RoleMember person)
    {
        if (!person.IsMember)
        {
            Clear();
            await Picked.InvokeAsync(person);
        }
    }

    private void Clear()
    {
        _typing?.Cancel();
        (_text, _said, _found, _at, _isOpen) = ("", "", [], -1, false);
    }
}

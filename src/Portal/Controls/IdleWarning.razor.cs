using Microsoft.AspNetCore.Components;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>Warns that the session is about to end of silence.</summary>
/// <remarks>
/// One timer a tab, set to the moment at which the warning would be due; when it comes, the session is asked again, for
/// somebody may have been seen in another tab. While the warning stands it asks every second, so that a sign of somebody
/// anywhere takes it away, and the end comes to the second. Whether it has come the session decides.
/// </remarks>
public sealed partial class IdleWarning : IDisposable
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);

    // The longest that a timer takes is 49 days; a limit may be a year.
    private static readonly TimeSpan MaxSleep = TimeSpan.FromDays(1);

    private ITimer? _timer;
    private DateTimeOffset? _until;
    private DateTimeOffset _due;

    [Inject] private ICircuitSession Session { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive && Session.SessionId is not null)
        {
            _timer = Time.CreateTimer(_ => _ = InvokeAsync(LookAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Look(Time.GetUtcNow());
        }
    }

    private async Task LookAsync()
    {
        try
        {
            // Woken is due: a timer may come a little before its clock has got there.
            var now = Time.GetUtcNow() is var read && read < _due ? _due : read;
            if (_until <= now)
            {
                await Session.EndIfOverAsync();
            }

            Look(now);
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private void Look(DateTimeOffset now)
    {
        var warning = Session.IdleWarning;
        var until = warning is { } near && near.From <= now ? near.Until : (DateTimeOffset?)null;
        if (until != _until)
        {
            _until = until;
            StateHasChanged();
        }

        var next = until is not null ? LookAgainAfter : warning is { } far && far.From - now < MaxSleep ? far.From - now : MaxSleep;
        _due = now + next;
        _timer?.Change(next, Timeout.InfiniteTimeSpan);
    }

    private void Stay()
    {
        var now = Time.GetUtcNow();
        Session.Seen(now);
        Look(now);
    }
}

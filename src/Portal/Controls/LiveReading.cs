using Portal.Accounts.Events;

namespace Portal.Controls;

/// <summary>Keeps what a page shows fresh: reads again when events hint that something changed.</summary>
/// <remarks>
/// Events are hints to read again. The first is followed at once; a burst is gathered into one reading per
/// <see cref="Pause"/>, and the last hint is never dropped: at most four readings a second, whatever happens. Used on one
/// circuit's dispatcher only, onto which a burst hops once.
/// </remarks>
internal sealed class LiveReading(TimeProvider time, Func<Task> read, Func<Exception, Task> fail) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource closed = new();
    private IDisposable? subscription;
    private ITimer? timer;
    private int hinted;
    private bool reading;
    private bool stale;

    /// <summary>Cancelled when the page closes.</summary>
    public CancellationToken Closed => closed.Token;

    /// <summary>Hears what happens to a person from now on.</summary>
    /// <param name="events">Where.</param>
    /// <param name="userId">Whose events count.</param>
    /// <param name="invoke">The component's <c>InvokeAsync</c>.</param>
    /// <param name="matters">Which of them can change what is shown; null for all.</param>
    public void Follow(IAccountEvents events, long userId, Func<Func<Task>, Task> invoke, Func<AccountEvent, bool>? matters = null) =>
        // Which page a tab shows is the board's alone.
        FollowAll(events, invoke, happened => happened.UserId == userId && happened is not AccountEvent.PageShown && matters?.Invoke(happened) != false);

    /// <summary>Hears what happens to everybody from now on.</summary>
    /// <param name="events">Where.</param>
    /// <param name="invoke">The component's <c>InvokeAsync</c>.</param>
    /// <param name="matters">Which events can change what is shown; null for all.</param>
    public void FollowAll(IAccountEvents events, Func<Func<Task>, Task> invoke, Func<AccountEvent, bool>? matters = null)
    {
        // Who is closed already would never let go of it.
        subscription = closed.IsCancellationRequested ? null : events.Subscribe(happened =>
        {
            if (matters?.Invoke(happened) != false && Interlocked.Exchange(ref hinted, 1) == 0)
            {
                _ = invoke(HintAsync);
            }
        });
    }

    /// <summary>Reads again from time to time as well, where not everything that changes is told.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="invoke">The component's <c>InvokeAsync</c>.</param>
    public void HintEvery(TimeSpan interval, Func<Func<Task>, Task> invoke) =>
        timer = closed.IsCancellationRequested ? null : time.CreateTimer(_ => _ = invoke(HintAsync), null, interval, interval);

    /// <summary>Reads again now, or right after the reading that is under way.</summary>
    public async Task HintAsync()
    {
        Interlocked.Exchange(ref hinted, 0);
        stale = true;
        if (reading)
        {
            return;
        }

        reading = true;
        try
        {
            while (stale && !closed.IsCancellationRequested)
            {
                stale = false;
                await read();
                await Task.Delay(Pause, time, closed.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The tab closed.
        }
        catch (Exception exception)
        {
            await fail(exception);
        }
        finally
        {
            reading = false;
        }
    }

    public void Dispose()
    {
        subscription?.Dispose();
        timer?.Dispose();
        // Not disposed: a reading under way still asks for its token.
        closed.Cancel();
    }
}

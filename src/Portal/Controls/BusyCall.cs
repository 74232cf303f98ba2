namespace Portal.Controls;

/// <summary>A call that a press starts on a live page; a second press while it is under way starts no second one.</summary>
/// <remarks>
/// Free, then running, and while it asks the person something, asking: the turn is theirs then, so nothing says that it is
/// at work. A fault is told to the button, which says so; what the person typed stays. Used on one circuit's dispatcher only.
/// </remarks>
public sealed class BusyCall
{
    private bool isRunning;
    private bool isAsking;

    /// <summary>Told whenever <see cref="IsBusy"/> may have changed.</summary>
    public event Action? Changed;

    /// <summary>Told what a call that failed threw. Where nobody hears, it is thrown on.</summary>
    public event Action<Exception>? Failed;

    /// <summary>Whether the person waits for it.</summary>
    public bool IsBusy => isRunning && !isAsking;

    /// <summary>Makes the call, unless it is under way.</summary>
    public async Task RunAsync(Func<Task> call)
    {
        if (isRunning)
        {
            return;
        }

        Turn(running: true, asking: false);
        // SQLite waits for its file without giving the thread back: what says that it is at work goes to the browser first.
        await Task.Yield();
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && Failed is not null)
        {
            Failed.Invoke(exception);
        }
        finally
        {
            Turn(running: false, asking: false);
        }
    }

    /// <summary>Asks the person something in the middle of it.</summary>
    public async Task<T> AskAsync<T>(Task<T> question)
    {
        Turn(running: true, asking: true);
        try
        {
            return await question;
        }
        finally
        {
            Turn(running: true, asking: false);
        }
    }

    private void Turn(bool running, bool asking)
    {
        (isRunning, isAsking) = (running, asking);
        Changed?.Invoke();
    }
}

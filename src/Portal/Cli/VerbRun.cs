using System.CommandLine;
using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>One verb at work: its arguments, the doors it may knock at, and the way to answer.</summary>
internal sealed record VerbRun(ParseResult Parsed, IServiceProvider Services, VerbConsole Console, VerbPrinter Print, CancellationToken CancellationToken)
{
    public T Door<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The user that an argument names.</summary>
    /// <exception cref="VerbFailureException">There is none.</exception>
    public async Task<UserInfo> FindUserAsync(string user) =>
        await Door<IUserAdmin>().FindAsync(user, CancellationToken) ?? throw new VerbFailureException($"There is no user \"{user}\".");

    /// <summary>Says on a screen how far a long work is, over and over in one line; null where there is none to write over, or one document is asked for.</summary>
    public Action<long>? Progress(string what) => Console.IsScreen && !Print.IsJson
        ? done => Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{done} {what}\r"))
        : null;

    /// <summary>A whole list, however long it is: a page at a time.</summary>
    /// <param name="read">Reads a page.</param>
    /// <param name="row">How one of it is shown.</param>
    /// <param name="limit">No more than so many; null for all.</param>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> PagesAsync<T, TRow>(Func<ListWindow, Task<ListPage<T>>> read, Func<T, TRow> row, long? limit = null)
    {
        var left = limit ?? long.MaxValue;
        string? after = null;
        do
        {
            var page = await read(new ListWindow { Size = (int)Math.Min(ListWindow.MaxSize, left), After = after });
            if (after is not null && page is { Previous: null, Results.Count: > 0 })
            {
                // Another order than that of the page before: it would begin anew for ever.
                throw new VerbFailureException("So much changed meanwhile that the list cannot go on. Ask for it again.");
            }

            yield return [.. page.Results.Take((int)Math.Min(page.Results.Count, left)).Select(row)];
            left -= page.Results.Count;
            after = page.Next;
        }
        while (after is not null && left > 0);
    }

    /// <summary>How an operator's request ended, where it was met.</summary>
    /// <exception cref="VerbFailureException">It was not met.</exception>
    public static (bool Changed, int EndedSessions) Expect(AdminOutcome outcome) => outcome switch
    {
        AdminOutcome.Done done => (true, done.EndedSessions),
        AdminOutcome.Unchanged => (false, 0),
        AdminOutcome.NotFound missing => throw new VerbFailureException(missing.What),
        AdminOutcome.Busy => throw new VerbFailureException("Too many passwords are waiting to be hashed. Try again in a few seconds."),
        AdminOutcome.Conflict => throw new VerbFailureException("Somebody changed this meanwhile, and nothing was saved. Look at it and run it again."),
        AdminOutcome.Refused refused => throw new VerbFailureException(string.Join(' ', refused.Errors.Select(error => error.Message)), refused.Errors),
        _ => throw new InvalidOperationException($"A request ended as {outcome.GetType().Name}, for which there are no words."),
    };
}

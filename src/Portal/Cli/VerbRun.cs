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

    /// <summary>A whole list, however many pages it has.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(Func<ListWindow, Task<ListPage<T>>> read)
    {
        List<T> all = [];
        string? after = null;
        do
        {
            var page = await read(new ListWindow { Size = ListWindow.MaxSize, After = after });
            all.AddRange(page.Results);
            after = page.Next;
        }
        while (after is not null);

        return all;
    }

    /// <summary>How an operator's request ended, where it was met.</summary>
    /// <exception cref="VerbFailureException">It was not met.</exception>
    public static (bool Changed, int EndedSessions) Expect(AdminOutcome outcome) => outcome switch
    {
        AdminOutcome.Done done => (true, done.EndedSessions),
        AdminOutcome.Unchanged => (false, 0),
        AdminOutcome.NotFound missing => throw new VerbFailureException(missing.What),
        AdminOutcome.Busy => throw new VerbFailureException("Too many passwords are waiting to be hashed. Try again in a few seconds."),
        AdminOutcome.Refused refused => throw new VerbFailureException(string.Join(' ', refused.Errors.Select(error => error.Message)), refused.Errors),
        _ => throw new InvalidOperationException($"A request ended as {outcome.GetType().Name}, for which there are no words."),
    };
}

using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.SqlServerTests.Capture;

/// <summary>Stands where the connection would be and writes every command down. One operation at a time.</summary>
internal sealed class Recorder : IDbConnectionInterceptor
{
    private const int Most = 200;

    private readonly ConcurrentQueue<CapturedStatement> statements = [];

    public Answers Answers { get; private set; }

    public void Begin(Answers answers)
    {
        Answers = answers;
        statements.Clear();
    }

    /// <exception cref="InvalidOperationException">A loop until nothing is left does not end where there is always a row.</exception>
    public void Add(CapturedStatement statement)
    {
        if (statements.Count >= Most)
        {
            throw new InvalidOperationException($"{Most} statements are enough of one operation.");
        }

        statements.Enqueue(statement);
    }

    public IReadOnlyList<CapturedStatement> Taken() => [.. statements];

    public InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new RecordingConnection(this));
}

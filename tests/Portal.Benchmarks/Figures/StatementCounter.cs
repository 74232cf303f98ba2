using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Benchmarks.Figures;

/// <summary>Counts the statements that change something, by what they do to which table.</summary>
internal sealed partial class StatementCounter : DbCommandInterceptor
{
    private readonly ConcurrentDictionary<string, int> counts = [];
    private volatile bool isCounting;

    public void Begin()
    {
        counts.Clear();
        isCounting = true;
    }

    public IReadOnlyDictionary<string, int> End()
    {
        isCounting = false;
        return new SortedDictionary<string, int>(counts, StringComparer.Ordinal);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return ValueTask.FromResult(result);
    }

    private void Count(DbCommand command)
    {
        if (isCounting)
        {
            foreach (Match change in Changes().Matches(command.CommandText))
            {
                counts.AddOrUpdate($"{change.Groups["what"].Value.ToLowerInvariant()} {change.Groups["table"].Value}", 1, (_, count) => count + 1);
            }
        }
    }

    [GeneratedRegex("^(?<what>UPDATE|INSERT|DELETE)( INTO| FROM)? \"(?<table>\\w+)\"", RegexOptions.Multiline)]
    private static partial Regex Changes();
}

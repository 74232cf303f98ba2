using System.Runtime.CompilerServices;

namespace Portal.Accounts.Transfer;

/// <summary>Lines by the batch, whose people are written together or not at all.</summary>
internal static class FileBatches
{
    /// <summary>
    /// So many that what a transaction costs by itself hardly counts, and so few that who waits for it to write does not notice.
    /// </summary>
    public const int MaxLines = 2000;

    /// <summary>32 MiB: lines with pictures are up to 1 MiB each, and so many of them as of others would take gigabytes.</summary>
    public const long MaxLength = 32L << 20;

    /// <summary>Rows that people bring along: a thousand roles each would take minutes, in which nobody else writes.</summary>
    public const int MaxRows = 8 * MaxLines;

    /// <summary>As many lines as every limit lets into a batch; at least one.</summary>
    public static async IAsyncEnumerable<FileLine[]> InBatches(
        this IAsyncEnumerable<FileLine> lines, int maxLines, long maxLength, int maxRows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        List<FileLine> batch = [];
        var (length, rows) = (0L, 0);
        await foreach (var line in lines.WithCancellation(cancellationToken))
        {
            if (batch.Count == maxLines || (batch.Count > 0 && (length + line.Length > maxLength || rows + line.Rows > maxRows)))
            {
                FileLine[] full = [.. batch];
                batch.Clear();
                (length, rows) = (0, 0);
                yield return full;
            }

            batch.Add(line);
            (length, rows) = (length + line.Length, rows + line.Rows);
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}

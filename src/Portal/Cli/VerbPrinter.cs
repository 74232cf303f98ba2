using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.Accounts;

namespace Portal.Cli;

/// <summary>Answers in text or, where asked, in one JSON document. Failures go to the error stream, a line each.</summary>
internal sealed class VerbPrinter(VerbConsole console, bool isJson)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // A terminal or a file, never a page: letters stay letters.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How many rows of a list are in its document, while that is open; null before and after.</summary>
    private long? listed;

    /// <summary>Whether one JSON document is asked for.</summary>
    public bool IsJson => isJson;

    /// <param name="answer">The JSON document.</param>
    /// <param name="text">The same for people.</param>
    public void Answer(object answer, string text) => console.Out.WriteLine(isJson ? JsonSerializer.Serialize(answer, Json) : Shown(text));

    /// <summary>
    /// A list, each page as it comes, so that none is held whole: <c>{results, total}</c>, or a table whose columns are as wide as
    /// what they held so far.
    /// </summary>
    public async Task ListAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string?>> cells)
    {
        if (!isJson)
        {
            await TableAsync(pages, columns, cells);
            return;
        }

        listed = 0;
        console.Out.Write("{\"results\":[");
        await foreach (var page in pages)
        {
            console.Out.Write(string.Concat(page.Select(row => $"{(listed++ > 0 ? "," : "")}{JsonSerializer.Serialize(row, Json)}")));
        }

        End(new { Total = listed });
    }

    /// <summary>A list that is there already.</summary>
    public Task ListAsync<T>(IReadOnlyList<T> results, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string?>> cells) =>
        ListAsync(AsyncEnumerable.Repeat(results, 1), columns, cells);

    /// <param name="lines">Why, for people.</param>
    /// <param name="errors">What is wrong with single values.</param>
    /// <param name="answer">The JSON document; null for one of lines and errors.</param>
    public void Failure(IReadOnlyList<string> lines, IReadOnlyList<FieldError> errors, object? answer = null)
    {
        foreach (var line in lines)
        {
            console.Error.WriteLine(console.HasColors ? $"\e[31m{Line(line)}\e[0m" : Line(line));
        }

        if (!isJson)
        {
            return;
        }

        var (error, fields) = (string.Join(' ', lines), errors.Select(error => new { Field = error.Field.ToLowerInvariant(), error.Message }));
        if (listed is null)
        {
            Answer(answer ?? new { Error = error, Errors = fields }, "");
        }
        else
        {
            End(new { Total = listed, Error = error, Errors = fields });
        }
    }

    /// <summary>A text that comes from others, without what would move a terminal's cursor; its lines stay.</summary>
    public static string Shown(string text) => string.Concat(text.Replace("\r\n", "\n", StringComparison.Ordinal).Select(sign => IsMisleading(sign) && sign != '\n' ? ' ' : sign));

    /// <summary>The same on one line: what somebody else calls a thing must not look like another line of the answer.</summary>
    public static string Line(string text) => Shown(text.ReplaceLineEndings(" "));

    /// <summary>A moment for people: UTC to the second.</summary>
    public static string? Moment(DateTimeOffset? at) => at?.ToString("u", CultureInfo.InvariantCulture);

    // Ends of lines of other kinds, and what turns the direction of a line round.
    private static bool IsMisleading(char sign) => char.IsControl(sign) || sign is '\u2028' or '\u2029' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private async Task TableAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string?>> cells)
    {
        var widths = new int[columns.Count];
        List<string[]> rows = [[.. columns]];
        await foreach (var page in pages)
        {
            rows.AddRange(page.Select(result => cells(result).Select(cell => string.IsNullOrEmpty(cell) ? "-" : Line(cell)).ToArray()));
            widths = [.. widths.Select((width, column) => rows.Select(row => row[column].Length).Append(width).Max())];
            foreach (var row in rows)
            {
                console.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            }

            rows.Clear();
        }
    }

    /// <summary>The members that stand behind a list's rows, and the end of its document.</summary>
    private void End(object members)
    {
        listed = null;
        console.Out.WriteLine($"],{JsonSerializer.Serialize(members, Json)[1..]}");
    }
}

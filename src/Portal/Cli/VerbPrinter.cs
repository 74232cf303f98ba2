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

    /// <summary>Whether one JSON document is asked for.</summary>
    public bool IsJson => isJson;

    /// <param name="answer">The JSON document.</param>
    /// <param name="text">The same for people.</param>
    public void Answer(object answer, string text) => console.Out.WriteLine(isJson ? JsonSerializer.Serialize(answer, Json) : Shown(text));

    /// <summary>A list: <c>{total, results}</c>, or a table with its columns aligned.</summary>
    public void List<T>(IReadOnlyList<T> results, IReadOnlyList<string> columns, Func<T, IReadOnlyList<string?>> cells)
    {
        if (isJson)
        {
            Answer(new { Total = results.Count, Results = results }, "");
            return;
        }

        List<string[]> rows = [[.. columns], .. results.Select(result => cells(result).Select(cell => string.IsNullOrEmpty(cell) ? "-" : Line(cell)).ToArray())];
        var widths = columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            console.Out.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    /// <param name="lines">Why, for people.</param>
    /// <param name="errors">What is wrong with single values.</param>
    /// <param name="answer">The JSON document; null for one of lines and errors.</param>
    public void Failure(IReadOnlyList<string> lines, IReadOnlyList<FieldError> errors, object? answer = null)
    {
        foreach (var line in lines)
        {
            console.Error.WriteLine(Shown(line.ReplaceLineEndings(" ")));
        }

        if (isJson)
        {
            Answer(answer ?? new { Error = string.Join(' ', lines), Errors = errors.Select(error => new { Field = error.Field.ToLowerInvariant(), error.Message }) }, "");
        }
    }

    /// <summary>A text that comes from others, without what would move a terminal's cursor; its lines stay.</summary>
    public static string Shown(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(sign => char.IsControl(sign) && sign != '\n' ? ' ' : sign));

    /// <summary>The same on one line: what somebody else calls a thing must not look like another line of the answer.</summary>
    public static string Line(string text) => Shown(text.ReplaceLineEndings(" "));

    /// <summary>A moment for people: UTC to the second.</summary>
    public static string? Moment(DateTimeOffset? at) => at?.ToString("u", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace Portal.Accounts.Administration;

/// <summary>Security events as a file for spreadsheets, or for programs.</summary>
internal static class EventFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        // Browsers, systems and addresses are other people's text: = + - @, a tab or a line break at the beginning of a cell
        // would be a formula to a spreadsheet.
        InjectionOptions = InjectionOptions.Escape,
        InjectionEscapeCharacter = '\'',
    };

    private static readonly string[] Columns =
        ["id", "at", "kind", "subject", "subject_email", "actor", "actor_email", "session", "ip", "country", "browser", "os", "details"];

    public static ReadOnlyMemory<byte> Beginning(EventExportFormat format) =>
        format is EventExportFormat.Csv ? WriteCsv([Columns]) : ReadOnlyMemory<byte>.Empty;

    public static ReadOnlyMemory<byte> Piece(EventExportFormat format, IReadOnlyList<EventInfo> events) => format is EventExportFormat.Csv
        ? WriteCsv(events.Select(CellsOf))
        : Encoding.UTF8.GetBytes(string.Concat(events.Select(happened => JsonSerializer.Serialize(ObjectOf(happened), Json) + "\n")));

    private static ReadOnlyMemory<byte> WriteCsv(IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, Csv, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell);
                }

                csv.NextRecord();
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IReadOnlyList<string?> CellsOf(EventInfo happened) =>
    [
        happened.Id.ToString(CultureInfo.InvariantCulture),
        happened.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        happened.KindName,
        happened.Subject?.Id.ToString(CultureInfo.InvariantCulture),
        happened.Subject?.Email,
        happened.Actor?.Id.ToString(CultureInfo.InvariantCulture),
        happened.Actor?.Email,
        happened.SessionId,
        happened.Ip,
        happened.Country,
        happened.Browser,
        happened.Os,
        happened.Details.Count > 0 ? JsonSerializer.Serialize(happened.Details, Json) : null,
    ];

    private static object ObjectOf(EventInfo happened) => new
    {
        happened.Id,
        At = happened.At.UtcDateTime,
        Kind = happened.KindName,
        happened.Subject,
        happened.Actor,
        Session = happened.SessionId,
        happened.Ip,
        happened.Country,
        happened.Browser,
        happened.Os,
        happened.Details,
    };
}

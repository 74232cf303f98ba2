using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace Portal.Accounts.Transfer;

/// <summary>
/// One user a record. Roles stand between semicolons, or as JSON where a name would be taken for more than one; identities as
/// JSON; fields of the profile, preferences and sign-ins have columns of their own, as <c>profile.full_name</c>,
/// <c>preferences.visibility</c>, <c>login.last_login_at</c>.
/// </summary>
internal static class CsvFile
{
    private const string Profile = "profile.";
    private const string Preferences = "preferences.";

    /// <summary>Longer is no cell of an account, but a quote without its end.</summary>
    private const int MaxCellLength = 1 << 20;

    private const char Apostrophe = '\'';

    /// <summary>What stands for bytes that are no UTF-8: no character (Unicode 23.7), as U+FFFD is one, which people may have.</summary>
    private const char Unreadable = '\uFFFF';

    private static readonly Encoding Strict = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(Unreadable.ToString()));

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MomentText() },
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly string[] Fixed =
    [
        "id", "email", "username", "password", "short_password", "active", "confirmed_at", "blocked_at", "verified_at", "created", "updated", "roles", "identities",
        "login.last_login_at", "login.last_login_ip", "login.current_login_at", "login.current_login_ip", "login.login_count",
    ];

    public static async IAsyncEnumerable<FileLine> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(input, Strict, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null, IgnoreBlankLines = false, MaxFieldSize = MaxCellLength });
        if (!await NextAsync(csv) || !csv.ReadHeader())
        {
            yield break;
        }

        var columns = csv.HeaderRecord!;
        if (FaultOf(columns) is { } fault)
        {
            yield return new FileLine(1, 0, null, fault);
            yield break;
        }

        for (var line = csv.Parser.RawRow + 1; await NextAsync(csv); line = csv.Parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (csv.Parser.Record is [] or [""])
            {
                continue;
            }

            yield return Read(line, columns, csv.Parser.Record!);
        }
    }

    /// <summary>Writes the names of the columns, then each user.</summary>
    public static async Task<long> WriteAsync(Stream output, IReadOnlyList<string> profileFields, IAsyncEnumerable<UserRecord> users)
    {
        string[] preferences = ["visibility", "email_visibility", "language", "time_zone", "theme"];
        await using var csv = new CsvWriter(new StreamWriter(output, Utf8, leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" });
        string[] columns = [.. Fixed, .. profileFields.Select(name => Profile + name), .. preferences.Select(name => Preferences + name)];
        foreach (var column in columns)
        {
            csv.WriteField(column);
        }

        await csv.NextRecordAsync();
        long total = 0;
        await foreach (var user in users)
        {
            foreach (var column in columns)
            {
                csv.WriteField(Guarded(CellOf(user, column)));
            }

            await csv.NextRecordAsync();
            total++;
        }

        return total;
    }

    private static async Task<bool> NextAsync(CsvReader csv)
    {
        try
        {
            return await csv.ReadAsync();
        }
        catch (MaxFieldSizeException exception)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The record after line {csv.Parser.RawRow} has a cell without end; is a quote missing?"), exception);
        }
    }

    private static string? FaultOf(string[] columns) =>
        !columns.Contains("email") ? $"The first record must name the columns, email among them, in lower case and separated by commas; it is \"{string.Join(',', columns)}\"."
        : columns.FirstOrDefault(column => !IsColumn(column)) is { } unknown ? $"There is no \"{unknown}\" to be imported."
        : columns.Distinct().Count() < columns.Length ? "A column is named twice."
        : null;

    private static bool IsColumn(string name) =>
        Fixed.Contains(name) || name.StartsWith(Profile, StringComparison.Ordinal) || name.StartsWith(Preferences, StringComparison.Ordinal);

    private static FileLine Read(int line, string[] columns, string[] cells)
    {
        var length = cells.Sum(cell => (long)cell.Length);
        if (cells.Length != columns.Length)
        {
            return new FileLine(line, length, null, string.Create(CultureInfo.InvariantCulture, $"The record has {cells.Length} cells; the first has {columns.Length}."));
        }

        if (Array.FindIndex(cells, cell => cell.Contains(Unreadable)) is var odd and >= 0)
        {
            return new FileLine(line, length, null, $"\"{columns[odd]}\" cannot be read: give a text in UTF-8.");
        }

        var named = columns.Zip(cells.Select(Plain)).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second);
        var (column, expected) = ("", "");
        try
        {
            return new FileLine(line, length, new UserRecord
            {
                Id = Number("id"),
                Email = Cell("email") ?? "",
                Username = Cell("username"),
                Password = Cell("password"),
                ShortPassword = Truth("short_password"),
                Active = columns.Contains("active") ? Truth("active") : true,
                ConfirmedAt = Moment("confirmed_at"),
                BlockedAt = Moment("blocked_at"),
                VerifiedAt = Moment("verified_at"),
                Created = Moment("created"),
                Updated = Moment("updated"),
                Roles = Cell("roles", "names between semicolons, or a JSON list of them") is { } roles ? RolesOf(roles) : null,
                Profile = JsonSerializer.SerializeToElement(Under(Profile)),
                Preferences = Under(Preferences),
                Identities = Cell("identities", "a JSON list of objects with method and external_id, and moments in ISO 8601") is { } identities ? JsonSerializer.Deserialize<List<IdentityRecord>>(identities, Json) : null,
                Login = named.Keys.Any(name => name.StartsWith("login.", StringComparison.Ordinal)) ? new LoginRecord
                {
                    LastLoginAt = Moment("login.last_login_at"),
                    LastLoginIp = Cell("login.last_login_ip"),
                    CurrentLoginAt = Moment("login.current_login_at"),
                    CurrentLoginIp = Cell("login.current_login_ip"),
                    LoginCount = checked((int?)Number("login.login_count")),
                }
                : null,
            }, null);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or OverflowException)
        {
            return new FileLine(line, length, null, $"\"{column}\" cannot be read: give {expected}.");
        }

        string? Cell(string name, string form = "a text")
        {
            (column, expected) = (name, form);
            return named.GetValueOrDefault(name);
        }

        bool? Truth(string name) => Cell(name, "true or false")?.ToLowerInvariant() switch
        {
            null => null,
            "true" or "t" or "1" => true,
            "false" or "f" or "0" => false,
            _ => throw new FormatException(),
        };

        long? Number(string name) => Cell(name, "a whole number") is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

        DateTimeOffset? Moment(string name) => Cell(name, MomentText.Expected) is not { } text ? null : MomentText.TryRead(text, out var moment) ? moment : throw new FormatException();

        Dictionary<string, string?> Under(string prefix) =>
            named.Where(cell => cell.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(cell => cell.Key[prefix.Length..], cell => (string?)cell.Value);
    }

    private static string? CellOf(UserRecord user, string column) => column switch
    {
        "id" => user.Id?.ToString(CultureInfo.InvariantCulture),
        "email" => user.Email,
        "username" => user.Username,
        "password" => user.Password,
        "short_password" => user.ShortPassword is true ? "true" : null,
        "active" => user.Active is false ? "false" : "true",
        "confirmed_at" => Text(user.ConfirmedAt),
        "blocked_at" => Text(user.BlockedAt),
        "verified_at" => Text(user.VerifiedAt),
        "created" => Text(user.Created),
        "updated" => Text(user.Updated),
        "roles" => user.Roles is null ? null : user.Roles.Any(role => role.Contains(';') || role.StartsWith('[')) ? JsonSerializer.Serialize(user.Roles, Json) : string.Join(';', user.Roles),
        "identities" => user.Identities is null ? null : JsonSerializer.Serialize(user.Identities, Json),
        "login.last_login_at" => Text(user.Login?.LastLoginAt),
        "login.last_login_ip" => user.Login?.LastLoginIp,
        "login.current_login_at" => Text(user.Login?.CurrentLoginAt),
        "login.current_login_ip" => user.Login?.CurrentLoginIp,
        "login.login_count" => user.Login?.LoginCount?.ToString(CultureInfo.InvariantCulture),
        _ when column.StartsWith(Profile, StringComparison.Ordinal) => user.Profile is { } profile && profile.TryGetProperty(column[Profile.Length..], out var value) ? value.GetString() : null,
        _ => user.Preferences?.GetValueOrDefault(column[Preferences.Length..]),
    };

    private static IReadOnlyList<string> RolesOf(string cell) => cell.StartsWith('[')
        ? JsonSerializer.Deserialize<List<string>>(cell, Json) ?? []
        : cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Text(DateTimeOffset? moment) => moment is { } at ? MomentText.Write(at) : null;

    /// <summary>People's own text must be no formula to a spreadsheet; what begins like one gets an apostrophe, which reading takes off.</summary>
    private static string? Guarded(string? cell) => cell is not null && IsGuarded(cell) ? Apostrophe + cell : cell;

    private static string Plain(string cell) => cell.Length > 1 && cell[0] == Apostrophe && IsGuarded(cell[1..]) ? cell[1..] : cell;

    private static bool IsGuarded(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n' or Apostrophe;
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Accounts.Transfer;

/// <summary>Moments in files: ISO 8601, a blank in place of the T too; UTC where nothing else is said, as Invenio wrote them.</summary>
internal sealed class MomentText : JsonConverter<DateTimeOffset>
{
    /// <summary>What a file has to give, in words.</summary>
    public const string Expected = "a moment in ISO 8601, such as 2031-02-03T04:05:06Z";

    private const int DateLength = 10;

    /// <summary>Of what is written.</summary>
    private const int Length = 28;

    public static bool TryRead(string? text, out DateTimeOffset moment)
    {
        moment = default;
        return text is { Length: >= DateLength }
            && DateOnly.TryParseExact(text.AsSpan(0, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }

    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is not JsonTokenType.String ? throw new JsonException()
        // Without a text for each of very many. A longer fraction is rounded below, where this would cut it.
        : reader.ValueSpan is { Length: <= Length } and [.., (byte)'Z'] && reader.TryGetDateTimeOffset(out var written) ? written
        : TryRead(reader.GetString(), out var moment) ? moment : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Write(value));
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>A security event as one line of JSON. What it holds, and how its hashes are checked, stands in this room's README.</summary>
internal static class AuditLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static ReadOnlyMemory<byte> Of(AuditEvent row)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            Write(json, "position", row.Position);
            Write(json, "hash", row.Hash);
            Write(json, "id", row.Id);
            json.WriteString("at", row.At.UtcDateTime);
            json.WriteString("kind", row.Kind);
            Write(json, "subject", row.SubjectId);
            Write(json, "actor", row.ActorId);
            json.WriteString("session", row.SessionId);
            json.WriteString("ip", row.Ip);
            Write(json, "ip_salt", row.IpSalt);
            Write(json, "ip_digest", row.IpDigest);
            WriteDetails(json, row.Details);
            Write(json, "details_salt", row.DetailsSalt);
            Write(json, "details_digest", row.DetailsDigest);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, byte[]? bytes) =>
        json.WriteString(name, bytes is null ? null : Convert.ToHexStringLower(bytes));

    /// <summary>As the object that was written, byte for byte; what is none any more as plain text.</summary>
    private static void WriteDetails(Utf8JsonWriter json, string? details)
    {
        json.WritePropertyName("details");
        if (details is not null && IsObject(details))
        {
            json.WriteRawValue(details);
        }
        else
        {
            json.WriteStringValue(details);
        }
    }

    private static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            // A line break inside would end the line.
            return document.RootElement.ValueKind is JsonValueKind.Object && !text.AsSpan().ContainsAny('\n', '\r');
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Portal.Accounts.Transfer;

/// <summary>One JSON object a line.</summary>
internal static class JsonLinesFile
{
    /// <summary>Longer is no account: 1 MiB.</summary>
    private const int MaxLineBytes = 1 << 20;

    private const byte LineFeed = (byte)'\n';

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new MomentText() },
    };

    public static async IAsyncEnumerable<FileLine> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        try
        {
            for (long number = 1; await NextAsync(pipe, cancellationToken) is { } line; number++)
            {
                if (Trim(number, line) is { IsEmpty: false } text)
                {
                    yield return Read(number, text.Span);
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    public static async Task WriteAsync(Stream output, TransferRecord record, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, record, record.GetType(), Json, cancellationToken);
        output.WriteByte(LineFeed);
    }

    /// <summary>The next line without its end, no longer than one byte too long; null after the last.</summary>
    private static async Task<byte[]?> NextAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        byte[]? tooLong = null;
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (buffer.PositionOf(LineFeed) is { } end)
            {
                var line = tooLong ?? Start(buffer.Slice(0, end));
                pipe.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }

            if (result.IsCompleted)
            {
                var last = tooLong ?? (buffer.IsEmpty ? null : Start(buffer));
                pipe.AdvanceTo(buffer.End);
                return last;
            }

            if (tooLong is null && buffer.Length <= MaxLineBytes)
            {
                pipe.AdvanceTo(buffer.Start, buffer.End);
            }
            else
            {
                // Its rest is read and thrown away.
                tooLong ??= Start(buffer);
                pipe.AdvanceTo(buffer.End);
            }
        }
    }

    private static byte[] Start(ReadOnlySequence<byte> line) => line.Slice(0, Math.Min(line.Length, MaxLineBytes + 1)).ToArray();

    /// <summary>Without white space around it and without the mark that some programs put before the first line.</summary>
    private static ReadOnlyMemory<byte> Trim(long number, byte[] line)
    {
        var text = number == 1 && line.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? line.AsMemory(3) : line;
        var span = text.Span;
        var (start, end) = (0, span.Length);
        while (start < end && span[start] <= (byte)' ')
        {
            start++;
        }

        while (end > start && span[end - 1] <= (byte)' ')
        {
            end--;
        }

        return text[start..end];
    }

    private static FileLine Read(long number, ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLineBytes)
        {
            return new FileLine(number, null, "The line is longer than 1 MiB.");
        }

        try
        {
            TransferRecord? record = MemberOf(text) switch
            {
                "role" => JsonSerializer.Deserialize<RoleRecord>(text, Json),
                "domain" => JsonSerializer.Deserialize<DomainRecord>(text, Json),
                "email" => JsonSerializer.Deserialize<UserRecord>(text, Json),
                _ => null,
            };
            return record switch
            {
                null => new FileLine(number, null, "The line is no user, role or domain: a JSON object with email, role or domain."),
                { Unknown: { Count: > 0 } unknown } => new FileLine(number, null, $"There is no \"{unknown.Keys.First()}\" to be imported."),
                _ => new FileLine(number, record, null),
            };
        }
        catch (JsonException exception)
        {
            return new FileLine(number, null, exception.Path is { Length: > 2 } path
                ? $"\"{path[2..]}\" cannot be read: it is given twice, is not UTF-8 or has another form than expected."
                : "The line is no JSON object in UTF-8, or names something twice.");
        }
    }

    /// <summary>The first member of the object that tells what it is.</summary>
    private static string? MemberOf(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            foreach (var name in (string[])["email", "role", "domain"])
            {
                if (reader.ValueTextEquals(name))
                {
                    return name;
                }
            }

            reader.Skip();
        }

        return null;
    }
}

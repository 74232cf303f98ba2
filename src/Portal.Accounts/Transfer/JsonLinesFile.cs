using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
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

    /// <summary>What tells what a line is; of two that it has the first, for a domain names its category and organisation too.</summary>
    private static readonly (byte[] Name, Type Record)[] Kinds =
    [
        ("email"u8.ToArray(), typeof(UserRecord)), ("role"u8.ToArray(), typeof(RoleRecord)), ("domain"u8.ToArray(), typeof(DomainRecord)),
        ("organisation"u8.ToArray(), typeof(OrganisationRecord)), ("category"u8.ToArray(), typeof(CategoryRecord)),
    ];

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
            return new FileLine(number, text.Length, null, "The line is longer than 1 MiB.");
        }

        Type? kind = null;
        try
        {
            kind = KindOf(text);
            return (kind is null ? null : (TransferRecord?)JsonSerializer.Deserialize(text, kind, Json)) switch
            {
                null => new FileLine(number, text.Length, null, $"The line is no user, role or domain: a JSON object with one of {string.Join(", ", Kinds.Select(known => Encoding.UTF8.GetString(known.Name)))}."),
                { Unknown: { Count: > 0 } unknown } => new FileLine(number, text.Length, null, $"There is no \"{unknown.Keys.First()}\" to be imported."),
                var record => new FileLine(number, text.Length, record, null),
            };
        }
        catch (JsonException exception)
        {
            return new FileLine(number, text.Length, null, TwiceIn(text) is { } twice ? $"\"{twice}\" is given twice."
                : kind is not null && exception.Path is { Length: > 2 } path
                ? $"\"{path[2..]}\" cannot be read: give {Expected(kind, path[2..])}."
                : "The line is no JSON object in UTF-8, or names something twice.");
        }
    }

    /// <summary>What a line is; null when it has none of the members that tell.</summary>
    private static Type? KindOf(ReadOnlySpan<byte> text)
    {
        var first = Kinds.Length;
        var reader = new Utf8JsonReader(text);
        if (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            while (first > 0 && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                for (var kind = 0; kind < first; kind++)
                {
                    // As it is written: the text of a name that is no text cannot be asked for.
                    if (reader.ValueSpan.SequenceEqual(Kinds[kind].Name))
                    {
                        first = kind;
                    }
                }

                reader.Skip();
            }
        }

        return first < Kinds.Length ? Kinds[first].Record : null;
    }

    /// <summary>The member that a line in JSON has twice; null when it has each once, and when that cannot be told.</summary>
    private static string? TwiceIn(ReadOnlySpan<byte> text)
    {
        HashSet<string> names = [];
        var reader = new Utf8JsonReader(text);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var name = Encoding.UTF8.GetString(reader.ValueSpan);
                if (!names.Add(name))
                {
                    return name;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Broken behind what is looked for.
        }

        return null;
    }

    /// <summary>What would have been right at a place of a line, in words.</summary>
    private static string Expected(Type record, string path)
    {
        var type = record;
        foreach (var step in path.Split('.', '['))
        {
            type = Json.GetTypeInfo(type).Properties.FirstOrDefault(member => member.Name == step)?.PropertyType
                ?? (type.IsGenericType ? type.GenericTypeArguments[^1] : type);
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? "true or false"
            : type == typeof(long) || type == typeof(int) ? "a whole number"
            : type == typeof(string) ? "a text in UTF-8"
            : type == typeof(byte[]) ? "bytes in Base64"
            : type == typeof(DateTimeOffset) ? MomentText.Expected
            : typeof(System.Collections.IEnumerable).IsAssignableFrom(type) && type.GenericTypeArguments.Length == 1 ? "a list"
            : "an object that has each member once";
    }
}

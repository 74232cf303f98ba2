using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Portal.Benchmarks.Circuits;

/// <summary>Writes one hub message in MessagePack, as far as a circuit's client needs it (the MessagePack specification's format table).</summary>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> body = new();

    /// <summary>An invocation: what the client calls on the hub.</summary>
    /// <param name="id">Null when no answer is wanted.</param>
    /// <param name="target">The hub's method.</param>
    /// <param name="arguments">Strings, numbers, truths or nothing.</param>
    public static byte[] Invocation(string? id, string target, params ReadOnlySpan<object?> arguments)
    {
        var writer = new PackWriter();
        writer.Byte(0x95);
        writer.Byte(1);
        writer.Byte(0x80);
        writer.Value(id);
        writer.Value(target);
        writer.Byte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            writer.Value(argument);
        }

        return writer.Framed();
    }

    /// <summary>A ping, which keeps the connection.</summary>
    public static byte[] Ping() => [2, 0x91, 6];

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Byte(0xc0);
                break;
            case bool truth:
                Byte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case long number:
                Byte(0xd3);
                BinaryPrimitives.WriteInt64BigEndian(body.GetSpan(8), number);
                body.Advance(8);
                break;
            case string text:
                Text(text);
                break;
            default:
                throw new ArgumentException($"A hub's client sends no {value.GetType()}.", nameof(value));
        }
    }

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Byte(0xdb);
        BinaryPrimitives.WriteInt32BigEndian(body.GetSpan(4), bytes);
        body.Advance(4);
        Encoding.UTF8.GetBytes(text, body);
    }

    private void Byte(byte value)
    {
        body.GetSpan(1)[0] = value;
        body.Advance(1);
    }

    /// <summary>The message behind its length, seven bits a byte, the lowest first.</summary>
    private byte[] Framed()
    {
        Span<byte> length = stackalloc byte[5];
        var digits = 0;
        for (var rest = (uint)body.WrittenCount; digits == 0 || rest > 0; rest >>= 7)
        {
            length[digits++] = (byte)((rest & 0x7f) | (rest > 0x7f ? 0x80u : 0));
        }

        return [.. length[..digits], .. body.WrittenSpan];
    }
}

using System.Buffers.Binary;

namespace Portal.Benchmarks.Circuits;

/// <summary>Reads hub messages in MessagePack from what one WebSocket message held.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Takes the next message off; false at the end.</summary>
    public bool TryNext(out PackReader message)
    {
        message = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        var length = 0;
        var shift = 0;
        byte digit;
        do
        {
            digit = Take(1)[0];
            length |= (digit & 0x7f) << shift;
            shift += 7;
        }
        while ((digit & 0x80) != 0);

        message = new PackReader(Take(length));
        return true;
    }

    public int ReadArray() => Take(1)[0] switch
    {
        var head when (head & 0xf0) == 0x90 => head & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xdd => checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
        var head => throw Unexpected(head, "an array"),
    };

    public long ReadNumber() => Take(1)[0] switch
    {
        var head when head <= 0x7f => head,
        var head when head >= 0xe0 => (sbyte)head,
        0xcc => Take(1)[0],
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf => checked((long)BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
        0xd0 => (sbyte)Take(1)[0],
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        var head => throw Unexpected(head, "a number"),
    };

    /// <summary>The UTF-8 of a text.</summary>
    public ReadOnlySpan<byte> ReadText() => Take(1)[0] switch
    {
        var head when (head & 0xe0) == 0xa0 => Take(head & 0x1f),
        0xd9 => Take(Take(1)[0]),
        0xda => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xdb => Take(checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4)))),
        var head => throw Unexpected(head, "a text"),
    };

    /// <summary>Passes over one value, whatever it is and holds.</summary>
    public void Skip()
    {
        switch (Take(1)[0])
        {
            case var head when head is <= 0x7f or >= 0xe0 or 0xc0 or 0xc2 or 0xc3:
                break;
            case var head when (head & 0xf0) == 0x80:
                Skip(2 * (head & 0x0f));
                break;
            case var head when (head & 0xf0) == 0x90:
                Skip(head & 0x0f);
                break;
            case var head when (head & 0xe0) == 0xa0:
                Take(head & 0x1f);
                break;
            case 0xcc or 0xd0:
                Take(1);
                break;
            case 0xcd or 0xd1:
                Take(2);
                break;
            case 0xca or 0xce or 0xd2:
                Take(4);
                break;
            case 0xcb or 0xcf or 0xd3:
                Take(8);
                break;
            case 0xc4 or 0xd9:
                Take(Take(1)[0]);
                break;
            case 0xc5 or 0xda:
                Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case 0xc6 or 0xdb:
                Take(checked((int)BinaryPrimitives.ReadUInt32BigEndian(Take(4))));
                break;
            case 0xdc:
                Skip(BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case 0xde:
                Skip(2 * BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                break;
            case var head:
                throw Unexpected(head, "a value of a hub");
        }
    }

    private void Skip(int values)
    {
        for (; values > 0; values--)
        {
            Skip();
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(byte head, string what) => new($"0x{head:x2} does not begin {what}.");
}

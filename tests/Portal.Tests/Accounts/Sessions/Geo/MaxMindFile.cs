using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Tests.Accounts.Sessions.Geo;

/// <summary>
/// A database of a handful of networks in MaxMind's format 2.0, written to a temporary file that goes with it: a binary
/// tree over the address bits, sixteen zero bytes, the records, a marker, the metadata.
/// </summary>
internal sealed class MaxMindFile : IDisposable
{
    private const int RecordSize = 24;
    private const int Separator = 16;

    private readonly List<int?[]> _nodes = [new int?[2]];
    private readonly List<byte> _records = [];
    private readonly List<(int Node, int Bit, int Offset)> _leaves = [];
    private readonly string _type;
    private readonly int _ipVersion;

    public MaxMindFile(string type = "GeoLite2-Country", int ipVersion = 6)
    {
        _type = type;
        _ipVersion = ipVersion;
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + ".mmdb");
    }

    public string Path { get; }

    /// <summary>Lists a network with its country.</summary>
    public MaxMindFile With(string network, string isoCode) =>
        WithRecord(network, [.. Map(1), .. Text("country"), .. Map(1), .. Text("iso_code"), .. Text(isoCode)]);

    /// <summary>Lists a network with a record of exactly these bytes.</summary>
    public MaxMindFile WithRecord(string network, byte[] record)
    {
        var parsed = IPNetwork.Parse(network);
        var isV4 = parsed.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        // In a tree for IPv6 the IPv4 addresses are those whose first 96 bits are zero.
        byte[] address = isV4 && _ipVersion == 6
            ? [.. new byte[12], .. parsed.BaseAddress.GetAddressBytes()]
            : parsed.BaseAddress.GetAddressBytes();
        var length = isV4 && _ipVersion == 6 ? parsed.PrefixLength + 96 : parsed.PrefixLength;

        var node = 0;
        for (var depth = 0; depth < length - 1; depth++)
        {
            node = ChildOf(node, BitOf(address, depth));
        }

        _leaves.Add((node, BitOf(address, length - 1), _records.Count));
        _records.AddRange(record);
        return this;
    }

    public MaxMindFile Write()
    {
        var tree = new byte[_nodes.Count * RecordSize / 4];
        for (var node = 0; node < _nodes.Count; node++)
        {
            for (var bit = 0; bit < 2; bit++)
            {
                // The number of nodes itself means: nothing listed here.
                Put(tree, node, bit, _nodes[node][bit] ?? _nodes.Count);
            }
        }

        foreach (var (node, bit, offset) in _leaves)
        {
            Put(tree, node, bit, _nodes.Count + Separator + offset);
        }

        byte[] metadata =
        [
            .. Map(9),
            .. Text("binary_format_major_version"), .. Number(5, 2, 2),
            .. Text("binary_format_minor_version"), .. Number(5, 2, 0),
            .. Text("build_epoch"), .. Number(9, 8, 1_767_225_600),
            .. Text("database_type"), .. Text(_type),
            .. Text("description"), .. Map(1), .. Text("en"), .. Text("A few networks for tests"),
            .. Text("ip_version"), .. Number(5, 2, _ipVersion),
            .. Text("languages"), .. Control(11, 1), .. Text("en"),
            .. Text("node_count"), .. Number(6, 4, _nodes.Count),
            .. Text("record_size"), .. Number(5, 2, RecordSize),
        ];
        File.WriteAllBytes(Path, [.. tree, .. new byte[Separator], .. _records, 0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8, .. metadata]);
        return this;
    }

    public void Dispose() => File.Delete(Path);

    public static byte[] Map(int pairs) => Control(7, pairs);

    public static byte[] Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return [.. Control(2, bytes.Length), .. bytes];
    }

    private static byte[] Number(int type, int length, long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return [.. Control(type, length), .. bytes[(8 - length)..]];
    }

    // Type in the upper three bits, or in a byte of its own from 8 on; size in the lower five, from 29 on in a further byte.
    private static byte[] Control(int type, int size)
    {
        var inline = Math.Min(size, 29);
        byte[] start = type < 8 ? [(byte)((type << 5) | inline)] : [(byte)inline, (byte)(type - 7)];
        return size < 29 ? start : [.. start, (byte)(size - 29)];
    }

    private static void Put(byte[] tree, int node, int bit, int value)
    {
        var at = ((node * 2) + bit) * 3;
        tree[at] = (byte)(value >> 16);
        tree[at + 1] = (byte)(value >> 8);
        tree[at + 2] = (byte)value;
    }

    private static int BitOf(byte[] address, int depth) => (address[depth / 8] >> (7 - (depth % 8))) & 1;

    private int ChildOf(int node, int bit)
    {
        if (_nodes[node][bit] is { } child)
        {
            return child;
        }

        _nodes.Add(new int?[2]);
        _nodes[node][bit] = _nodes.Count - 1;
        return _nodes.Count - 1;
    }
}

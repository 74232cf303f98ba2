using System.Buffers.Binary;
using SkiaSharp;

namespace Portal.Tests.Accounts.Profiles;

/// <summary>Files as people have them: drawn here, with what cameras write beside the pixels.</summary>
internal static class PictureFiles
{
    /// <summary>What must not come through; written into the camera's maker and description.</summary>
    public const string Secret = "Secret camera 4711";

    /// <summary>Top left red, top right green, bottom left blue, bottom right white.</summary>
    public static readonly SKColor[] Corners = [SKColors.Red, SKColors.Lime, SKColors.Blue, SKColors.White];

    public static byte[] Encode(SKEncodedImageFormat format, int width = 600, int height = 600)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(Corners[3]);
            Fill(canvas, Corners[0], SKRect.Create(0, 0, width / 2f, height / 2f));
            Fill(canvas, Corners[1], SKRect.Create(width / 2f, 0, width / 2f, height / 2f));
            Fill(canvas, Corners[2], SKRect.Create(0, height / 2f, width / 2f, height / 2f));
        }

        using var encoded = bitmap.Encode(format, 95);
        return encoded.ToArray();
    }

    /// <summary>A JPEG with an Exif block: maker, orientation and the place where it was taken.</summary>
    public static byte[] Photo(ushort orientation = 1, int width = 600, int height = 600)
    {
        var jpeg = Encode(SKEncodedImageFormat.Jpeg, width, height);
        return [.. jpeg[..2], .. Segment(Exif(orientation)), .. Comment(), .. jpeg[2..]];
    }

    /// <summary>A PNG that says of itself it is so large, with hardly anything behind it.</summary>
    public static byte[] Bomb(uint width, uint height)
    {
        var png = Encode(SKEncodedImageFormat.Png, 8, 8);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    /// <summary>The colour at a quarter of width and height from each corner, in the order of <see cref="Corners"/>.</summary>
    public static SKColor[] Seen(ReadOnlySpan<byte> file)
    {
        using var bitmap = SKBitmap.Decode(file.ToArray());
        var (near, far) = (bitmap.Width / 4, bitmap.Width * 3 / 4);
        return [.. new[] { (near, near), (far, near), (near, far), (far, far) }.Select(at => Nearest(bitmap.GetPixel(at.Item1, at.Item2)))];
    }

    private static SKColor Nearest(SKColor seen) =>
        Corners.MinBy(colour => Math.Abs(colour.Red - seen.Red) + Math.Abs(colour.Green - seen.Green) + Math.Abs(colour.Blue - seen.Blue));

    private static void Fill(SKCanvas canvas, SKColor colour, SKRect where)
    {
        using var paint = new SKPaint { Color = colour, IsAntialias = false };
        canvas.DrawRect(where, paint);
    }

    private static byte[] Segment(byte[] exif) => [0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif];

    private static byte[] Comment()
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Secret);
        return [0xFF, 0xFE, 0, (byte)(text.Length + 2), .. text];
    }

    /// <summary>Exif 2.32 in TIFF, most significant byte first: maker (0x010F), orientation (0x0112), place (0x8825 with its latitude).</summary>
    private static byte[] Exif(ushort orientation)
    {
        var maker = System.Text.Encoding.ASCII.GetBytes(Secret + "\0");
        List<byte> tiff = [.. "MM"u8, 0, 42, 0, 0, 0, 8];
        const int Entries = 3;
        var gps = 8 + 2 + (Entries * 12) + 4;
        var latitude = gps + 2 + (2 * 12) + 4;
        var text = latitude + 24;
        tiff.AddRange([0, Entries]);
        Entry(0x010F, type: 2, maker.Length, text);
        Entry(0x0112, type: 3, 1, orientation << 16);
        Entry(0x8825, type: 4, 1, gps);
        tiff.AddRange([0, 0, 0, 0]);
        tiff.AddRange([0, 2]);
        Entry(0x0001, type: 2, 2, 'N' << 24);
        Entry(0x0002, type: 5, 3, latitude);
        tiff.AddRange([0, 0, 0, 0]);
        foreach (var part in (int[])[46, 1, 14, 1, 3, 1])
        {
            Number(part);
        }

        tiff.AddRange(maker);
        return [.. "Exif\0\0"u8, .. tiff];

        void Entry(ushort tag, ushort type, int count, int value)
        {
            tiff.AddRange([(byte)(tag >> 8), (byte)tag, (byte)(type >> 8), (byte)type]);
            Number(count);
            Number(value);
        }

        void Number(int value)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            tiff.AddRange(bytes);
        }
    }

    /// <summary>The check sum of PNG (ISO 3309).</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}

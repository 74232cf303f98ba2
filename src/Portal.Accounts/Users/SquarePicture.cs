using System.Buffers.Binary;
using System.Globalization;
using SkiaSharp;

namespace Portal.Accounts.Users;

/// <summary>
/// Makes a file of unknown origin into a picture of ours. Only pixels pass: what a camera or a program wrote beside them
/// stays behind (OWASP ASVS 14.2.8).
/// </summary>
internal static class SquarePicture
{
    public const string ContentType = "image/webp";
    public const int Side = 512;

    /// <summary>A small file can promise a huge image; this many pixels take 200 MB decoded.</summary>
    private const long MaxPixels = 50_000_000;

    /// <summary>No square of that side and quality takes as much.</summary>
    private const int MaxKeptBytes = 512 * 1024;

    private const int Quality = 85;

    /// <summary>JPEG is decoded at a number of eighths of its size, so that large photos take little memory.</summary>
    private const int Eighths = 8;

    private const string Unknown = "This file is no picture that can be used here. Choose a PNG, JPEG or WebP file.";
    private const string Damaged = "This picture is damaged or cut short. Choose another, or save it anew.";

    /// <summary>The encoded square; or the sentence that says why there is none.</summary>
    public static (byte[]? Content, string? Fault) Of(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
        {
            return (null, Unknown);
        }

        var size = codec.Info.Size;
        if ((long)size.Width * size.Height > MaxPixels)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"This picture is {size.Width} by {size.Height} pixels; at most {MaxPixels / 1_000_000} million fit. Make it smaller."));
        }

        var scaled = codec.GetScaledDimensions(Scale(Math.Min(size.Width, size.Height)));
        using var pixels = new SKBitmap(new SKImageInfo(scaled.Width, scaled.Height, SKImageInfo.PlatformColorType, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(pixels.Info, pixels.GetPixels()) is not SKCodecResult.Success)
        {
            return (null, Damaged);
        }

        pixels.SetImmutable();
        return (Encode(pixels, codec.EncodedOrigin), null);
    }

    /// <summary>What the portal made before, byte for byte: encoding it once more would only lose. Anything else is made into a picture of ours.</summary>
    public static (byte[]? Content, string? Fault) Kept(byte[] file)
    {
        if (!IsOurs(file))
        {
            return Of(file);
        }

        // What it says of its size first: small files can promise much.
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec?.Info is not { Width: <= Side } info || info.Width != info.Height)
        {
            return Of(file);
        }

        using var pixels = SKBitmap.Decode(codec);
        return pixels is not null ? (file, null) : Of(file);
    }

    /// <summary>Whether a file is nothing but pixels in one piece, as <see cref="Encode"/> writes it (RFC 9649, section 2.5): what else WebP could hold has pieces of its own.</summary>
    private static bool IsOurs(ReadOnlySpan<byte> file) =>
        file is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', (byte)'V', (byte)'P', (byte)'8', (byte)' ', ..]
        && file.Length is > 20 and <= MaxKeptBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(file[16..]) is var length && length + (length & 1) == file.Length - 20;

    private static float Scale(int shortSide) => Math.Clamp((int)Math.Ceiling((double)Side * Eighths / shortSide), 1, Eighths) / (float)Eighths;

    private static byte[] Encode(SKBitmap pixels, SKEncodedOrigin origin)
    {
        var cut = Math.Min(pixels.Width, pixels.Height);
        var side = Math.Min(cut, Side);
        var from = SKRect.Create((pixels.Width - cut) / 2, (pixels.Height - cut) / 2, cut, cut);
        // Named no colour space, or its profile would be written beside the pixels; unnamed it is sRGB.
        using var surface = SKSurface.Create(new SKImageInfo(side, side, SKImageInfo.PlatformColorType, SKAlphaType.Opaque));
        var canvas = surface.Canvas;
        // What is transparent was drawn for paper.
        canvas.Clear(SKColors.White);
        canvas.Translate(side / 2f, side / 2f);
        Upright(canvas, origin);
        canvas.Translate(-side / 2f, -side / 2f);
        using var image = SKImage.FromBitmap(pixels);
        canvas.DrawImage(image, from, SKRect.Create(side, side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var square = surface.Snapshot();
        using var encoded = square.Encode(SKEncodedImageFormat.Webp, Quality);
        return encoded.ToArray();
    }

    /// <summary>Turns what is drawn next the way the camera was held (Exif 2.32, Orientation). A square stays where it is.</summary>
    private static void Upright(SKCanvas canvas, SKEncodedOrigin origin)
    {
        var (degrees, mirrored) = origin switch
        {
            SKEncodedOrigin.TopRight => (0, true),
            SKEncodedOrigin.BottomRight => (180, false),
            SKEncodedOrigin.BottomLeft => (180, true),
            SKEncodedOrigin.LeftTop => (90, true),
            SKEncodedOrigin.RightTop => (90, false),
            SKEncodedOrigin.RightBottom => (270, true),
            SKEncodedOrigin.LeftBottom => (270, false),
            _ => (0, false),
        };
        if (mirrored)
        {
            canvas.Scale(-1, 1);
        }

        canvas.RotateDegrees(degrees);
    }
}

using System.Text;
using Portal.Accounts.Users;
using Portal.Tests.Accounts.Profiles;
using SkiaSharp;

namespace Portal.Tests.Accounts.Users;

public sealed class SquarePictureTests
{
    [Fact]
    public void What_the_portal_made_is_kept_byte_for_byte_and_what_has_more_in_it_is_made_anew()
    {
        var ours = SquarePicture.Of(PictureFiles.Encode(SKEncodedImageFormat.Png, 600, 400)).Content!;
        var theirs = PictureFiles.Encode(SKEncodedImageFormat.Webp, 700, 300);
        byte[] withMore = [.. ours, .. "EXIF\x04\0\0\0here"u8];

        Assert.Same(ours, SquarePicture.Kept(ours).Content);
        Assert.Equal(300, SKBitmap.Decode(SquarePicture.Kept(theirs).Content).Width);
        Assert.DoesNotContain("here", System.Text.Encoding.Latin1.GetString(SquarePicture.Kept(withMore).Content!), StringComparison.Ordinal);
        Assert.NotNull(SquarePicture.Kept("no picture"u8.ToArray()).Fault);
        Assert.Contains("16383 by 16383 pixels", SquarePicture.Kept(Promising()).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 600, 400, 400)]
    [InlineData(SKEncodedImageFormat.Jpeg, 3000, 2000, 512)]
    [InlineData(SKEncodedImageFormat.Webp, 700, 3000, 512)]
    [InlineData(SKEncodedImageFormat.Png, 1, 1, 1)]
    public void Each_kind_becomes_a_square_of_one_kind(SKEncodedImageFormat format, int width, int height, int side)
    {
        var (content, fault) = SquarePicture.Of(PictureFiles.Encode(format, width, height));

        Assert.Null(fault);
        using var codec = SKCodec.Create(SKData.CreateCopy(content!));
        Assert.Equal((SKEncodedImageFormat.Webp, side, side), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    [Trait("ASVS", "14.2.8")]
    public void What_a_camera_wrote_beside_the_pixels_stays_behind()
    {
        var photo = PictureFiles.Photo();
        Assert.Contains(PictureFiles.Secret, Encoding.Latin1.GetString(photo), StringComparison.Ordinal);

        var (content, _) = SquarePicture.Of(photo);

        var text = Encoding.Latin1.GetString(content!);
        Assert.DoesNotContain(PictureFiles.Secret, text, StringComparison.Ordinal);
        Assert.Equal(["VP8 "], Chunks(content!));
    }

    /// <summary>By Exif orientation, which corner of the file is seen top left, top right, bottom left, bottom right.</summary>
    [Theory]
    [InlineData(1, 0, 1, 2, 3)]
    [InlineData(2, 1, 0, 3, 2)]
    [InlineData(3, 3, 2, 1, 0)]
    [InlineData(4, 2, 3, 0, 1)]
    [InlineData(5, 0, 2, 1, 3)]
    [InlineData(6, 2, 0, 3, 1)]
    [InlineData(7, 3, 1, 2, 0)]
    [InlineData(8, 1, 3, 0, 2)]
    public void It_stands_upright_however_the_camera_was_held(int orientation, params int[] corners)
    {
        var (content, _) = SquarePicture.Of(PictureFiles.Photo((ushort)orientation, 900, 600));

        Assert.Equal(corners.Select(corner => PictureFiles.Corners[corner]), PictureFiles.Seen(content));
    }

    [Fact]
    public void What_is_transparent_becomes_paper()
    {
        using var bitmap = new SKBitmap(40, 40);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        var (content, _) = SquarePicture.Of(encoded.ToArray());

        Assert.All(PictureFiles.Seen(content), colour => Assert.Equal(SKColors.White, colour));
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000\u00ff\u00ff\u00ff\u0000\u0000\u0000,\u0000\u0000\u0000\u0000\u0001\u0000\u0001\u0000\u0000\u0002\u0002D\u0001\u0000;")]
    [InlineData("")]
    [InlineData("%PDF-1.7")]
    public void What_is_no_picture_of_the_three_kinds_is_refused_whatever_it_is_called(string file)
    {
        var (content, fault) = SquarePicture.Of(Encoding.Latin1.GetBytes(file));

        Assert.Null(content);
        Assert.Equal("This file is no picture that can be used here. Choose a PNG, JPEG or WebP file.", fault);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_that_was_cut_short_is_refused(SKEncodedImageFormat format)
    {
        var whole = PictureFiles.Encode(format, 400, 400);

        Assert.All(Enumerable.Range(1, 19), twentieth =>
        {
            var (content, fault) = SquarePicture.Of(whole[..(whole.Length * twentieth / 20)]);
            Assert.Null(content);
            Assert.NotNull(fault);
        });
    }

    [Theory]
    [InlineData(100_000, 100_000)]
    [InlineData(7072, 7072)]
    [InlineData(2_000_000_000, 2_000_000_000)]
    public void A_small_file_that_promises_a_huge_picture_is_refused_unread(uint width, uint height)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (content, fault) = SquarePicture.Of(PictureFiles.Bomb(width, height));

        Assert.Null(content);
        Assert.NotNull(fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void The_largest_that_fits_is_told_from_the_first_that_does_not()
    {
        Assert.Equal("This picture is damaged or cut short. Choose another, or save it anew.", SquarePicture.Of(PictureFiles.Bomb(7071, 7071)).Fault);
        Assert.Equal("This picture is 7072 by 7072 pixels; at most 50 million fit. Make it smaller.", SquarePicture.Of(PictureFiles.Bomb(7072, 7072)).Fault);
    }

    /// <summary>The chunks of a WebP file (RFC 9649): pixels are VP8 or VP8L; EXIF, XMP and ICCP would be what came along.</summary>
    private static List<string> Chunks(byte[] webp)
    {
        List<string> names = [];
        for (var at = 12; at + 8 <= webp.Length;)
        {
            names.Add(Encoding.ASCII.GetString(webp, at, 4));
            var length = BitConverter.ToInt32(webp, at + 4);
            at += 8 + length + (length & 1);
        }

        return names;
    }

    /// <summary>A small file in one piece as ours are, with a frame's header of the greatest size (RFC 6386, section 9.1).</summary>
    private static byte[] Promising()
    {
        byte[] frame = [0x50, 0x06, 0x00, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f, .. new byte[90]];
        return [.. "RIFF"u8, (byte)(frame.Length + 12), 0, 0, 0, .. "WEBPVP8 "u8, (byte)frame.Length, 0, 0, 0, .. frame];
    }
}

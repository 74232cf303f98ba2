using System.Globalization;

namespace Portal.Tests.Web.Shell;

/// <summary>The contrast ratio of WCAG 2.2.</summary>
internal static class Contrast
{
    public static double Of(string a, string b)
    {
        var (bright, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (bright + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string hex) => 0.2126 * Part(hex, 1) + 0.7152 * Part(hex, 3) + 0.0722 * Part(hex, 5);

    private static double Part(string hex, int at)
    {
        var part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}

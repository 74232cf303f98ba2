namespace Portal.Benchmarks.Figures;

/// <summary>Figures as they are printed.</summary>
internal static class Rounded
{
    /// <summary>Three digits behind the point.</summary>
    public static double To3(double value) => Math.Round(value, 3);

    /// <summary>Milliseconds with three digits behind the point.</summary>
    public static double Milliseconds(TimeSpan time) => To3(time.TotalMilliseconds);

    /// <summary>How many times the second goes into the first.</summary>
    public static double Ratio(double value, double baseline) => Math.Round(value / baseline, 2);

    /// <summary>Bytes of a thousand each.</summary>
    public static double Kilobytes(double bytes) => Math.Round(bytes / 1000, 1);
}

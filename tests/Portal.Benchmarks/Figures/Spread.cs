namespace Portal.Benchmarks.Figures;

/// <summary>How measured times are spread.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">Half of them were at most this, in milliseconds.</param>
/// <param name="P99">All but one in a hundred were at most this, in milliseconds.</param>
/// <param name="Most">The longest, in milliseconds.</param>
internal sealed record Spread(int Count, double P50, double P99, double Most)
{
    public static Spread Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length > 0
            ? new Spread(sorted.Length, Percentile(sorted, 50), Percentile(sorted, 99), Rounded.To3(sorted[^1]))
            : new Spread(0, double.NaN, double.NaN, double.NaN);
    }

    public static double Median(IEnumerable<double> values) => Percentile([.. values.Order()], 50);

    /// <summary>The least value that so many percent do not exceed.</summary>
    private static double Percentile(double[] sorted, int percent) =>
        Rounded.To3(sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)]);
}

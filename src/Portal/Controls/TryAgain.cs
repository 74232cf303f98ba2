namespace Portal.Controls;

/// <summary>How long to wait, in a sentence.</summary>
internal static class TryAgain
{
    /// <summary>"Try again in 12 minutes." Never sooner than it is true.</summary>
    public static string In(TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        var (minutes, hours) = ((seconds + 59) / 60, (seconds + 3599) / 3600);
        return $"Try again in {seconds switch
        {
            1 => "a second",
            < 60 => FormattableString.Invariant($"{seconds} seconds"),
            60 => "a minute",
            <= 2 * 3600 => FormattableString.Invariant($"{minutes} minutes"),
            _ => FormattableString.Invariant($"{hours} hours"),
        }}.";
    }
}

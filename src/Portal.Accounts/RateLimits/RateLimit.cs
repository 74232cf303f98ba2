using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Accounts.RateLimits;

/// <summary>So many in so long, as the settings write it: <c>N [failures] per [M] unit</c>.</summary>
/// <param name="Count">How many are let through; at least 1.</param>
/// <param name="Window">In how long, sliding.</param>
internal sealed partial record RateLimit(int Count, TimeSpan Window)
{
    /// <summary>The same for a whole address: ten times as much, since many people can share one.</summary>
    public RateLimit PerAddress => this with { Count = Count * 10 };

    /// <summary>Reads the form; null when the text has another.</summary>
    public static RateLimit? Parse(string? text)
    {
        var match = Form().Match(text ?? "");
        if (!match.Success
            || !int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(match.Groups["units"] is { Success: true } units ? units.Value : "1", NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || count is < 1 or > 100_000 || length is < 1 or > 100_000)
        {
            return null;
        }

        return new RateLimit(count, length * match.Groups["unit"].Value switch
        {
            "second" => TimeSpan.FromSeconds(1),
            "minute" => TimeSpan.FromMinutes(1),
            "hour" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromDays(1),
        });
    }

    [GeneratedRegex(@"^(?<count>\d{1,6})( failures?)? per ((?<units>\d{1,6}) )?(?<unit>second|minute|hour|day)s?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

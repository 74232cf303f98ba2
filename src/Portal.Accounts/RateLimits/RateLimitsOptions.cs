namespace Portal.Accounts.RateLimits;

/// <summary>
/// How often something may be tried, section <c>RateLimits</c>. Each value is <c>N [failures] per [M] unit</c>, unit
/// second, minute, hour or day, over a sliding window. It counts per account; of what strangers may try, ten times as much
/// is let through per network address. Counted on each node for itself. (OWASP ASVS 2.4.1, 6.1.1, 6.3.1)
/// </summary>
public sealed class RateLimitsOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "RateLimits";

    /// <summary>
    /// Wrong passwords. Default 5 failures per 15 minutes. A browser that signed in before has a count of its own and no
    /// other, so that a stranger's guesses lock nobody out of it, not even from behind the same network address.
    /// </summary>
    public string SignIn { get; set; } = "5 failures per 15 minutes";

    /// <summary>Links for a new password asked for. Default 3 per hour.</summary>
    public string Recovery { get; set; } = "3 per hour";

    /// <summary>New confirmation mails asked for. Default 3 per hour.</summary>
    public string Confirmation { get; set; } = "3 per hour";

    /// <summary>Registrations. Default 10 per hour.</summary>
    public string Registration { get; set; } = "10 per hour";

    /// <summary>Pictures that a person saves. Default 20 per hour. A file that makes no picture does not count, nor does taking one away.</summary>
    public string Picture { get; set; } = "20 per hour";

    /// <summary>Changes of a profile or of preferences that a person saves. Default 60 per hour. What changes nothing or is refused does not count.</summary>
    public string Profile { get; set; } = "60 per hour";

    /// <summary>Exports that a person takes along. Default 10 per hour.</summary>
    public string Export { get; set; } = "10 per hour";
}

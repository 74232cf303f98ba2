namespace Portal.Accounts.Sessions;

/// <summary>
/// How long sessions live, section <c>Sessions</c>. The server decides, for cookie, open page and token alike (OWASP ASVS
/// 7.3.1, 7.3.2; NIST SP 800-63B-4 section 2.1.3 advises 30 days overall, and 1 and 24 hours for stronger needs, which is
/// why administrators have limits of their own).
/// </summary>
public sealed class SessionsOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Sessions";

    /// <summary>
    /// How long a session of somebody who asked to be kept signed in may stay silent before it ends. Measured from the
    /// last request or page activity, whichever is later. Default 14 days; 1 minute to 365 days. Checked on the next
    /// request and by the sweeper, so an idle session can be listed up to two minutes longer.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// The same for a session without "Keep me signed in", whose cookie also goes with the browser. Default 12 hours;
    /// at most <see cref="IdleTimeout"/> counts.
    /// </summary>
    public TimeSpan ShortIdleTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a session lives at most, however busy. Default 30 days; 1 minute to 365 days.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long proving who one is counts as recent: within it sensitive actions do not ask again. Default 10 minutes; 1
    /// minute to 1 day. Measured from the sign-in or the last confirmation of the password in that session.
    /// </summary>
    public TimeSpan RecentAuthentication { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How many live sessions a user has at most (OWASP ASVS 7.1.2). Default 100; 1 to 10,000. Sessions in which an
    /// administrator acts as them do not count.
    /// </summary>
    public int MaximumPerUser { get; set; } = 100;

    /// <summary>What becomes of a sign-in beyond <see cref="MaximumPerUser"/>. Default <see cref="WhenFull.EndOldest"/>.</summary>
    public WhenFull WhenFull { get; set; }

    /// <summary>
    /// Whether answers to somebody signed in say so to the server in front, for its log: <c>X-Session-ID</c>, the session's
    /// public id and never its key, and <c>X-User-ID</c>. Pages and REST alike, by cookie or access token. The answer to a sign-in
    /// has neither: who asked was nobody yet; the log of security events knows. That server should keep them to itself. Default false.
    /// </summary>
    public bool ResponseHeaders { get; set; }

    /// <summary>Tighter limits for people who hold the administrator role; the shorter of both counts.</summary>
    public AdministratorLimits Administrators { get; set; } = new();

    /// <summary>Limits of administrators' sessions.</summary>
    public sealed class AdministratorLimits
    {
        /// <summary>As <see cref="SessionsOptions.IdleTimeout"/>. Default 1 hour.</summary>
        public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(1);

        /// <summary>As <see cref="SessionsOptions.AbsoluteTimeout"/>. Default 12 hours.</summary>
        public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(12);
    }

    internal (TimeSpan Idle, TimeSpan Absolute) LimitsFor(bool isPersistent, bool isAdministrator)
    {
        var idle = isPersistent ? IdleTimeout : Shorter(ShortIdleTimeout, IdleTimeout);
        return isAdministrator
            ? (Shorter(idle, Administrators.IdleTimeout), Shorter(AbsoluteTimeout, Administrators.AbsoluteTimeout))
            : (idle, AbsoluteTimeout);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

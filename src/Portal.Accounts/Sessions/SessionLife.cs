using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Whose a session is and how long it may go on; one object a session and node, shared by cache, circuits and writer.</summary>
/// <remarks>
/// <see cref="LastSeenAt"/> only moves forward and may be moved by any thread. The database follows once a minute; until
/// then this is the truth of the node. The limits are set anew whenever the row is read, because a role may tighten them.
/// </remarks>
internal sealed class SessionLife(string id, long userId)
{
    /// <summary>How long before the end somebody is warned, at most; of a short limit a fifth (WCAG 2.2, 2.2.1: never under 20 seconds where the limit has two minutes).</summary>
    private static readonly TimeSpan WarnedBefore = TimeSpan.FromMinutes(2);

    private long lastSeen;
    private long written;
    private long idle;
    private long absolute;

    public string Id { get; } = id;

    public long UserId { get; } = userId;

    /// <summary>Where they signed in; null when unknown. Set when the row is read and never different.</summary>
    public string? Country { get; set; }

    /// <summary>The administrator who acts here as the user, in which session of their own; null where the user does. As <see cref="Country"/>.</summary>
    public SessionAsker? By { get; set; }

    public DateTimeOffset LastSeenAt => At(ref lastSeen);

    public DateTimeOffset AbsoluteExpiresAt => At(ref absolute);

    public DateTimeOffset ExpiresAt => SilentUntil < AbsoluteExpiresAt ? SilentUntil : AbsoluteExpiresAt;

    /// <summary>From when on to warn of silence, and until when; null where age ends the session first, which nobody can help.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Warning
    {
        get
        {
            var (limit, until) = (IdleTimeout, SilentUntil);
            return until < AbsoluteExpiresAt ? (until - (limit / 5 < WarnedBefore ? limit / 5 : WarnedBefore), until) : null;
        }
    }

    private TimeSpan IdleTimeout => TimeSpan.FromTicks(Interlocked.Read(ref idle));

    private DateTimeOffset SilentUntil => LastSeenAt + IdleTimeout;

    /// <summary>Which limit it is past; null while it is within both.</summary>
    public SessionEndReason? OverAt(DateTimeOffset now) =>
        AbsoluteExpiresAt <= now ? SessionEndReason.Expired
        : ExpiresAt <= now ? SessionEndReason.Idle
        : null;

    /// <summary>Whether the database does not know yet when it was last seen.</summary>
    public bool IsUnwritten => Interlocked.Read(ref lastSeen) > Interlocked.Read(ref written);

    /// <summary>Takes over what the row says.</summary>
    public void Read(TimeSpan idleTimeout, DateTimeOffset absoluteExpiresAt, DateTimeOffset lastSeenAt)
    {
        Interlocked.Exchange(ref idle, idleTimeout.Ticks);
        Interlocked.Exchange(ref absolute, absoluteExpiresAt.UtcTicks);
        ReadSeen(lastSeenAt);
    }

    /// <summary>The row says so, whichever node wrote it.</summary>
    public void ReadSeen(DateTimeOffset seenAt)
    {
        Wrote(seenAt);
        See(seenAt);
    }

    /// <summary>A request or an activity on a page.</summary>
    public void See(DateTimeOffset now) => Forward(ref lastSeen, now);

    /// <summary>The row now says this.</summary>
    public void Wrote(DateTimeOffset seenAt) => Forward(ref written, seenAt);

    private static DateTimeOffset At(ref long ticks) => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    private static void Forward(ref long field, DateTimeOffset moment)
    {
        var known = Interlocked.Read(ref field);
        while (moment.UtcTicks > known)
        {
            var before = Interlocked.CompareExchange(ref field, moment.UtcTicks, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }
}

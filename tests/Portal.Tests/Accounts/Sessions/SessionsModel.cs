using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>What sessions should be like, in the simplest words: the property test compares the portal with it.</summary>
internal sealed class SessionsModel(TimeProvider time)
{
    public static readonly TimeSpan Absolute = TimeSpan.FromDays(30);

    public static readonly TimeSpan Recently = TimeSpan.FromHours(12);

    public List<Person> People { get; } = [];

    public List<Session> Sessions { get; } = [];

    public List<Tab> Tabs { get; } = [];

    /// <summary>Every reason for which something ended so far.</summary>
    public HashSet<SessionEndReason> Reasons { get; } = [];

    public static TimeSpan Idle(bool isPersistent) => isPersistent ? TimeSpan.FromDays(14) : TimeSpan.FromHours(12);

    /// <summary>Whether somebody proved in it a short while ago who they are.</summary>
    public bool IsProved(Session session) => time.GetUtcNow() - session.ProvedAt < Recently;

    /// <summary>Ends a session unless it has: the first reason stays, and its open tabs leave.</summary>
    public bool End(Session session, SessionEndReason reason)
    {
        if (session.Ended is not null)
        {
            return false;
        }

        Reasons.Add(reason);
        (session.Ended, session.EndedAt) = (reason, time.GetUtcNow());
        foreach (var tab in Tabs.Where(tab => tab.Session == session))
        {
            tab.Left ??= reason;
        }

        return true;
    }

    public int EndAll(Func<Session, bool> which, SessionEndReason reason) => Sessions.Count(session => which(session) && End(session, reason));

    /// <summary>Rows that ended long ago are gone, and nobody knows their reason any more.</summary>
    public void Forget() => Sessions.RemoveAll(session => session.EndedAt < time.GetUtcNow() - SessionSweeper.EndedRetention);

    internal sealed class Person(long id)
    {
        public long Id { get; } = id;

        public bool IsActive { get; set; } = true;
    }

    internal sealed class Session(Person person, string id, string key, bool isPersistent, DateTimeOffset now)
    {
        public Person Person { get; } = person;

        public string Id { get; } = id;

        public string Key { get; } = key;

        public DateTimeOffset AbsoluteAt { get; } = now + Absolute;

        public DateTimeOffset ProvedAt { get; } = now;

        public DateTimeOffset SeenAt { get; set; } = now;

        public SessionEndReason? Ended { get; set; }

        public DateTimeOffset? EndedAt { get; set; }

        public DateTimeOffset ExpiresAt => SeenAt + Idle(isPersistent) is var idle && idle < AbsoluteAt ? idle : AbsoluteAt;

        /// <summary>Why it is over by the clock, whether or not anybody has noticed; null while it is not.</summary>
        public SessionEndReason? OverAt(DateTimeOffset now) =>
            AbsoluteAt <= now ? SessionEndReason.Expired : ExpiresAt <= now ? SessionEndReason.Idle : null;
    }

    internal sealed class Tab(Session session, CircuitSession circuit)
    {
        public Session Session { get; } = session;

        public CircuitSession Circuit { get; } = circuit;

        public bool IsConnected { get; set; }

        public SessionEndReason? Left { get; set; }

        /// <summary>What the page was told, in order.</summary>
        public List<SessionEndReason?> Told { get; } = [];
    }
}

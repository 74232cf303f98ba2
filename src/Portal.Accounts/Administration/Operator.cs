using System.Security.Claims;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Who administers: a person in a session of theirs, or whoever runs the command line. Every change is logged under them.</summary>
public sealed record Operator
{
    private Operator(SessionAsker? asker, bool isCommandLine) => (Asker, IsCommandLine) = (asker, isCommandLine);

    /// <summary>Whoever may run the program with its settings may do everything.</summary>
    public static Operator CommandLine { get; } = new(null, isCommandLine: true);

    /// <summary>
    /// The version of the user or organisation that they saw: where another one is there by now, the change answers
    /// <see cref="AdminOutcome.Conflict"/>. Null, the default, changes whatever is there. Heeded by <see cref="IUserAdmin"/>, by
    /// roles given and taken, and by organisations; not by an edit of a person, which is told a version itself.
    /// </summary>
    public string? Seen { get; init; }

    internal SessionAsker? Asker { get; }

    internal bool IsCommandLine { get; }

    /// <summary>From where, of somebody who is in no session that would say it.</summary>
    internal AuditOrigin? Origin { get; private init; }

    internal long? UserId => Asker?.UserId ?? Newcomer;

    internal string? SessionId => Asker?.SessionId;

    private long? Newcomer { get; init; }

    /// <summary>Somebody who makes their own account, and was just given its number.</summary>
    internal static Operator Oneself(long userId, AuditOrigin? origin) => new(null, isCommandLine: false) { Newcomer = userId, Origin = origin };

    /// <summary>Somebody who began something that is gone on with.</summary>
    internal static Operator In(SessionAsker asker) => new(asker, isCommandLine: false);

    /// <summary>
    /// The person of a request or circuit. That they administer, and that their session lives, is read from the database at
    /// each change; for anybody else every change answers <see cref="AdminOutcome.NotAllowed"/>.
    /// </summary>
    public static Operator Of(ClaimsPrincipal person) => new(SessionAsker.Of(person), isCommandLine: false);
}

using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>A mail of the outbox: that there is one, never what it says, since it may hold a link that opens an account.</summary>
/// <param name="Id">Its number: the greater, the later.</param>
/// <param name="Kind">Which mail: ConfirmEmail, PasswordChanged, …</param>
/// <param name="Recipient">To whom; empty when it went to nobody's account and is over, or to nobody at all.</param>
/// <param name="UserId">About whose account; null for none.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="CreatedAt">When it was promised.</param>
/// <param name="DueAt">When it is tried next, or while it is being sent when that is given up; null when it is over.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="SentAt">When it was taken.</param>
/// <param name="FailedAt">When it was given up.</param>
/// <param name="LastError">Why the last attempt failed, in a line without links and recipients.</param>
public sealed record MailInfo(
    long Id, string Kind, string Recipient, long? UserId, OutboxMailState State, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, int Attempts,
    DateTimeOffset? SentAt, DateTimeOffset? FailedAt, string? LastError)
{
    /// <summary>Whether it can be tried now or dropped: it waits, or what it says was kept when it was given up.</summary>
    public bool IsOpen => State is OutboxMailState.Waiting or OutboxMailState.Retrying || (State is OutboxMailState.GivenUp && IsKept);

    /// <summary>Whether one that was given up could still go: what it says is there, and its person has that address still.</summary>
    public bool IsKept { get; init; }
}

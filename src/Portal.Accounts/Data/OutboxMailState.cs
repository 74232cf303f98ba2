namespace Portal.Accounts.Data;

/// <summary>Where a mail of the outbox is on its way. Numbers are stored: never renumber.</summary>
public enum OutboxMailState
{
    /// <summary>Promised, not tried yet.</summary>
    Waiting = 0,

    /// <summary>A sender has it in hand. One whose process ended meanwhile is tried again when its lease has run out.</summary>
    Sending = 1,

    /// <summary>Tried and to be tried again.</summary>
    Retrying = 2,

    /// <summary>Taken by the mail server.</summary>
    Sent = 3,

    /// <summary>Never to be tried again: refused, tried too often, or dropped by an operator.</summary>
    GivenUp = 4,
}

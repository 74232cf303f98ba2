namespace Portal.Accounts.Data;

/// <summary>A mail that was promised: written in the transaction that promised it, sent by the sender afterwards.</summary>
internal sealed class OutboxMail
{
    public long Id { get; set; }

    /// <summary>Which mail: the name of a mail kind.</summary>
    public required string Kind { get; init; }

    public required string Recipient { get; init; }

    /// <summary>The recipient as it is searched. Worked out by the database, so that it goes wherever the recipient goes.</summary>
    public string NormalizedRecipient { get; private set; } = "";

    public long? UserId { get; set; }

    /// <summary>What the mail is about, as protected JSON: it can carry a link's secret. Null once sent or given up.</summary>
    public byte[]? Payload { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Not before this moment; moved ahead by a claim and after each failure. Null once sent or given up.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Goes with the moments and the attempts; kept so that lists need not tell it from them.</summary>
    public OutboxMailState State { get; set; }

    /// <summary>How often it was begun to be sent: the attempt under way is among them, so that one over which a process dies counts.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why the last attempt failed, in a line.</summary>
    public string? LastError { get; set; }
}

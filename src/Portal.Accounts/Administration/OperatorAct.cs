using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>One act of an operator: who, why, and as part of which batch.</summary>
/// <param name="By">Who does it.</param>
/// <param name="Reason">What they say of it; null for nothing.</param>
internal sealed record OperatorAct(Operator By, string? Reason = null)
{
    /// <summary>Longer than a sentence or two is no reason but a file.</summary>
    public const int MaxReason = 500;

    /// <summary>The batch it belongs to; null for none.</summary>
    public string? Batch { get; init; }

    /// <summary>Whether they proved who they are when the batch began: one that takes longer than that counts goes on.</summary>
    public bool IsProved { get; init; }

    /// <summary>What is wrong with the reason; null when it is fine.</summary>
    public static FieldError? Fault(string? reason, bool isRequired) =>
        string.IsNullOrWhiteSpace(reason) ? isRequired ? new FieldError("Reason", "Say why: it is kept in the log of security events.") : null
        : reason.Trim().Length > MaxReason ? new FieldError("Reason", "A reason has at most 500 characters.")
        : TypedText.Normalize(reason) is null ? new FieldError("Reason", "The reason holds characters that are no text.")
        : null;

    /// <summary>The answer where they saw another version of the user; null where it is this one, or none was asked for.</summary>
    /// <param name="user">Taken for the transaction.</param>
    public AdminOutcome.Conflict? WhyOld(User user) =>
        By.Seen is { } seen && seen != user.ConcurrencyStamp ? new AdminOutcome.Conflict(user.ConcurrencyStamp ?? "", []) : null;

    /// <summary>An event of this act.</summary>
    public AuditEntry Entry(AuditKind kind, long? subjectId, params IEnumerable<(string Name, object? Value)> details)
    {
        Dictionary<string, object?> all = details.ToDictionary(detail => detail.Name, detail => detail.Value);
        if (TypedText.Normalize(Reason) is { Length: > 0 } reason)
        {
            all["reason"] = reason;
        }

        if (Batch is not null)
        {
            all["batch"] = Batch;
        }

        return new AuditEntry(kind, subjectId) { ActorId = By.UserId, SessionId = By.SessionId, Origin = By.Origin, Details = all };
    }
}

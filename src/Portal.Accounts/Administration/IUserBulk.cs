namespace Portal.Accounts.Administration;

/// <summary>
/// The operator's hand on many users at once. Each is changed on the same path as a single one, in a transaction of their
/// own; the log has one event for the batch and one for each of them that names it. May run on a circuit.
/// </summary>
public interface IUserBulk
{
    /// <summary>What it would do now. Changes nothing; who may read is the caller's to decide.</summary>
    Task<BulkPreview> PreviewAsync(BulkRequest request, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Does it, on no thread of the caller's: a circuit goes on meanwhile.</summary>
    /// <param name="request">What, with whom.</param>
    /// <param name="by">Who does it; asked for at every single change.</param>
    /// <param name="progress">Told at most four times a second, and of the end, on the thread that does it; null for nobody.</param>
    /// <param name="stop">Before it has begun it cancels; from then on it ends after the person it is at, never halfway through one.</param>
    Task<BulkOutcome> RunAsync(BulkRequest request, Operator by, IProgress<BulkProgress>? progress = null, CancellationToken stop = default);
}

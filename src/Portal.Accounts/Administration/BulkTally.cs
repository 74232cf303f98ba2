namespace Portal.Accounts.Administration;

/// <summary>Counts how a batch goes, and tells of it now and then.</summary>
internal sealed class BulkTally(int people, IProgress<BulkProgress>? progress, TimeProvider time)
{
    private const int MaxFailures = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly List<(long UserId, string Why)> failures = [];
    private long? told;
    private int seen;
    private int changed;
    private int alreadySo;
    private int skipped;
    private int failed;
    private int endedSessions;

    /// <summary>Whether the operator may do nothing any more.</summary>
    public bool LostTheRight { get; private set; }

    /// <summary>Those that are listed of whom it did not work for.</summary>
    public IReadOnlyList<long> FailedIds => [.. failures.Select(failure => failure.UserId)];

    /// <summary>What became of one person; null when something broke.</summary>
    public void Add(long userId, AdminOutcome? outcome)
    {
        switch (outcome)
        {
            case AdminOutcome.NotAllowed:
                LostTheRight = true;
                return;
            case AdminOutcome.Done done:
                changed++;
                endedSessions += done.EndedSessions;
                break;
            case AdminOutcome.Unchanged:
                alreadySo++;
                break;
            case AdminOutcome.Refused { Errors: [var only] } when only == UserModeration.Oneself || only == RoleAdmin.Oneself || only == Memberships.LastAdministrator:
                skipped++;
                break;
            case AdminOutcome.Refused refused:
                Fail(userId, string.Join(' ', refused.Errors.Select(error => error.Message)));
                break;
            case AdminOutcome.NotFound:
                Fail(userId, "They are no longer there.");
                break;
            default:
                Fail(userId, "The portal could not do it; trying again later may help.");
                break;
        }

        seen++;
        Tell(isForced: false);
    }

    /// <param name="batch">Its id.</param>
    /// <param name="emails">The addresses of <see cref="FailedIds"/> who have one.</param>
    public BulkOutcome.Finished Finish(string batch, IReadOnlyDictionary<long, string?> emails)
    {
        Tell(isForced: true);
        return new BulkOutcome.Finished
        {
            Batch = batch,
            Seen = seen,
            Changed = changed,
            AlreadySo = alreadySo,
            Skipped = skipped,
            EndedSessions = endedSessions,
            Failed = failed,
            Failures = [.. failures.Select(failure => new BulkFailure(failure.UserId, emails.GetValueOrDefault(failure.UserId), failure.Why))],
            IsStopped = seen < people,
            LostTheRight = LostTheRight,
        };
    }

    private void Fail(long userId, string why)
    {
        failed++;
        if (failures.Count < MaxFailures)
        {
            failures.Add((userId, why));
        }
    }

    private void Tell(bool isForced)
    {
        var now = time.GetTimestamp();
        if (isForced || told is not { } last || time.GetElapsedTime(last, now) >= Pause)
        {
            told = now;
            progress?.Report(new BulkProgress(seen, new ListTotal(people), changed, failed));
        }
    }
}

namespace Portal.Accounts.Transfer;

/// <summary>How a file is taken in.</summary>
/// <param name="Format">How it is written.</param>
public sealed record ImportRequest(TransferFormat Format)
{
    /// <summary>Everything is checked, nothing is written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Users get the <c>id</c> of their line, for other systems that know them by it. Default false: they get new ones.</summary>
    public bool KeepsIds { get; init; }

    /// <summary>
    /// Roles that people of the file have and that are not there are made, without a description: CSV has no lines of their own
    /// for them. Default false: who has one is refused, because a misspelt role would be another one.
    /// </summary>
    public bool CreatesRoles { get; init; }

    /// <summary>Told of each line that is refused, in the order of the file; nothing of it is written.</summary>
    public Action<RefusedLine>? Refused { get; init; }

    /// <summary>Told once what was done, however it ends.</summary>
    public Action<ImportOutcome>? Ended { get; init; }

    /// <summary>Told from time to time how far it is: on any thread, beside <see cref="Refused"/> too, and never twice at once.</summary>
    public Action<ImportProgress>? Progress { get; init; }
}

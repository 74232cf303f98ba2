using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>One import while it runs.</summary>
internal sealed class ImportRun(ImportRequest request)
{
    private readonly List<RefusedLine> _untold = [];

    public ImportRequest Request => request;

    /// <summary>What the log calls it.</summary>
    public string Batch { get; } = Guid.CreateVersion7().ToString("N");

    public SeenValues Seen { get; } = new();

    /// <summary>Roles that a dry run would have made, by normalised name.</summary>
    public Dictionary<string, Role> PlannedRoles { get; } = [];

    /// <summary>What a dry run would have decided about domains, by their names.</summary>
    public Dictionary<string, Decision> PlannedDomains { get; } = [];

    /// <summary>The domains that a line of the file decides about, as it is decided here.</summary>
    public HashSet<string> Domains { get; } = [];

    /// <summary>The domains about which a file decided last, as the log has it; null until somebody asks.</summary>
    public HashSet<string>? ImportedDomains { get; set; }

    /// <summary>Where the organisations of the file are, by their numbers in it. In a dry run their ids are below 0 unless they are there.</summary>
    public Dictionary<long, (long Id, int Depth)> Organisations { get; } = [];

    /// <summary>Which of the organisations that are there a line of the file stands for.</summary>
    public HashSet<long> OrganisationsThere { get; } = [];

    /// <summary>The domains of the users that a dry run would have written.</summary>
    public HashSet<string> PlannedUserDomains { get; } = [];

    /// <summary>Whether the last batch met somebody who was there.</summary>
    public bool MetPeople { get; set; }

    public long Imported { get; set; }

    public long AlreadyThere { get; set; }

    /// <summary>Roles, categories, organisations and domains.</summary>
    public long Decisions { get; set; }

    public long DecisionsThere { get; set; }

    /// <summary>What was done in the transactions that are over.</summary>
    public ImportOutcome Outcome { get; private set; } = new(0, 0, 0);

    public long Refused { get; private set; }

    public void Refuse(long line, string reason)
    {
        Refused++;
        _untold.Add(new RefusedLine(line, reason));
    }

    /// <summary>A transaction is over: counts what it held, and tells what was refused of it, in the order of its lines.</summary>
    public void Settle()
    {
        Seen.Settle();
        Outcome = new ImportOutcome(Imported, AlreadyThere, Refused) { Decisions = Decisions, DecisionsThere = DecisionsThere };
        foreach (var line in _untold.OrderBy(line => line.Line))
        {
            request.Refused?.Invoke(line);
        }

        _untold.Clear();
    }

    /// <summary>A transaction of people alone came to nothing, and neither did what it held.</summary>
    public void Unsettle()
    {
        Seen.Unsettle();
        (Imported, AlreadyThere, Refused) = (Outcome.Imported, Outcome.AlreadyThere, Outcome.Refused);
        _untold.Clear();
    }
}

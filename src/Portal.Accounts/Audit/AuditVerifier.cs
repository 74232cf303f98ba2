using System.Globalization;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Goes through the chain row by row and keeps what is wrong. One use, one thread.</summary>
/// <remarks>
/// After a fault it goes on from what the row says of itself, so that one altered byte is one fault and not one a row from
/// there on. An altered hash alone is told from altered content by the next row, which still follows the true one.
/// </remarks>
internal sealed class AuditVerifier(AuditHead? expected)
{
    private const int MaxFaults = 100;

    private readonly List<AuditFault> faults = [];
    private byte[]? previous = AuditHash.Beginning;
    private byte[]? alternative;
    private long count;
    private long redacted;
    private AuditHead? head;
    private bool metExpected;

    /// <summary>The next row of the chain, in the order of positions and, where two share one, of ids.</summary>
    public void Look(AuditEvent row)
    {
        count++;
        if (Follows(row.Id, row.Position!.Value))
        {
            LookAtHash(row, row.Position.Value);
        }
        else
        {
            // What it should follow is gone, so whether it does cannot be told.
            (previous, alternative) = (row.Hash, null);
        }

        LookAtPersonal(row, "address", row.Ip, row.IpSalt, row.IpDigest);
        LookAtPersonal(row, "details", row.Details, row.DetailsSalt, row.DetailsDigest);
        redacted += IsRedacted(row.Ip, row.IpDigest) || IsRedacted(row.Details, row.DetailsDigest) ? 1 : 0;
        head = new AuditHead(row.Position.Value, Convert.ToHexStringLower(row.Hash ?? []));
        LookAtExpected(row.Id, head);
    }

    /// <summary>A row whose columns cannot even be read.</summary>
    public void LookAtUnreadable(long id, long position)
    {
        count++;
        if (Follows(id, position))
        {
            Fault(id, position, "It cannot be read: a column holds what was never written there.");
        }

        (previous, alternative) = (null, null);
        head = new AuditHead(position, "");
        LookAtExpected(id, head);
    }

    public AuditVerification Finish()
    {
        if (expected is not null && !metExpected)
        {
            Fault(null, expected.Position, head is null || head.Position < expected.Position
                ? string.Create(CultureInfo.InvariantCulture, $"The chain ends at position {head?.Position ?? 0}, but reached {expected.Position} when its head was noted: the newest rows were taken away.")
                : "The row that was noted as head is gone.");
        }

        return new AuditVerification { Count = count, Redacted = redacted, Head = head, Faults = faults };
    }

    /// <summary>Whether the row stands right behind the one before it.</summary>
    private bool Follows(long id, long position)
    {
        var next = (head?.Position ?? 0) + 1;
        if (position == next)
        {
            return true;
        }

        Fault(id, position, position < next
            ? "It was added: another row has this place already."
            : string.Create(CultureInfo.InvariantCulture, $"Before it, {(position - next == 1 ? $"the row of position {next} is" : $"the rows of positions {next} to {position - 1} are")} missing."));
        return false;
    }

    private void LookAtHash(AuditEvent row, long position)
    {
        var right = previous is null ? row.Hash : AuditHash.Of(previous, position, row);
        if (Same(right, row.Hash) || (alternative is not null && Same(AuditHash.Of(alternative, position, row), row.Hash)))
        {
            (previous, alternative) = (row.Hash, null);
            return;
        }

        Fault(row.Id, position, "It was altered, or stands in another's place: its hash is not that of its columns behind the row before it.");
        (previous, alternative) = (row.Hash, right);
    }

    private void LookAtPersonal(AuditEvent row, string name, string? text, byte[]? salt, byte[]? digest)
    {
        var isRight = (text, salt, digest) switch
        {
            (null, null, _) => true,
            (not null, not null, not null) => Same(AuditDigest.With(salt, text), digest),
            _ => false,
        };
        if (!isRight)
        {
            Fault(row.Id, row.Position!.Value, $"Its {name} or their salt was altered: the digest in the chain is another.");
        }
    }

    private void LookAtExpected(long id, AuditHead found)
    {
        if (expected is null || found.Position != expected.Position)
        {
            return;
        }

        metExpected = true;
        if (found.Hash != expected.Hash)
        {
            Fault(id, found.Position, "Its hash was another when it was noted: rows up to here were made anew.");
        }
    }

    private void Fault(long? id, long position, string what)
    {
        if (faults.Count < MaxFaults)
        {
            faults.Add(new AuditFault(id, position, what));
        }
    }

    private static bool IsRedacted(string? text, byte[]? digest) => text is null && digest is not null;

    private static bool Same(byte[]? one, byte[]? other) => one is not null && other is not null && one.AsSpan().SequenceEqual(other);
}

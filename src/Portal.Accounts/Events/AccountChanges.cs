using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Events;

/// <summary>Gathers what each transaction changes and hands it to the readers once it is committed.</summary>
/// <remarks>
/// The change tracker tells most of it, by the interceptors; a bulk update or delete passes them by and is noted by hand. Kept
/// by context: saving → saved, which without a transaction is committed → committed, or rolled back and forgotten. A
/// transaction that is disposed of without either leaves something behind, which the next beginning throws away.
/// </remarks>
internal sealed partial class AccountChanges(ILogger<AccountChanges> logger)
{
    /// <summary>So many transactions may wait for a slow reader. Then it loses some, which is better than losing the process.</summary>
    private const int MaxWaiting = 10_000;

    private readonly ConditionalWeakTable<DbContext, Gathered> byContext = [];
    private readonly Lock gate = new();
    private ImmutableArray<Channel<IReadOnlyList<AccountChange>>> readers = [];

    /// <summary>Everything that is committed from now on, in its order.</summary>
    public ChannelReader<IReadOnlyList<AccountChange>> Listen(string reader)
    {
        var options = new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite };
        var channel = Channel.CreateBounded<IReadOnlyList<AccountChange>>(options, lost => Log.Lost(logger, reader, lost.Count));
        ImmutableInterlocked.Update(ref readers, all => all.Add(channel));
        return channel.Reader;
    }

    /// <summary>Nothing more will come.</summary>
    public void Complete()
    {
        foreach (var reader in readers)
        {
            reader.Writer.TryComplete();
        }
    }

    /// <summary>Notes by hand what a bulk update or delete did, right after it.</summary>
    public void Note(PortalDbContext context, AccountChangeSubject subject, long id, AccountChangeKind kind)
    {
        if (context.Database.CurrentTransaction is null)
        {
            Tell([new AccountChange(subject, id, kind)]);
        }
        else
        {
            byContext.GetOrCreateValue(context).Saved.Add(new AccountChange(subject, id, kind));
        }
    }

    public void Saving(DbContext context) => byContext.GetOrCreateValue(context).Saving = TrackedChanges.Of(context);

    public void Saved(DbContext context)
    {
        var gathered = byContext.GetOrCreateValue(context);
        // Only now does what was added have its number.
        List<AccountChange> saved = [.. gathered.Saving.Select(change => change())];
        gathered.Saving = [];
        if (context.Database.CurrentTransaction is null)
        {
            Tell(saved);
        }
        else
        {
            gathered.Saved.AddRange(saved);
        }
    }

    public void SavingFailed(DbContext context) => byContext.GetOrCreateValue(context).Saving = [];

    public void Committed(DbContext context)
    {
        var gathered = byContext.GetOrCreateValue(context);
        Tell(gathered.Saved);
        gathered.Saved = [];
    }

    /// <summary>A transaction begins, or was rolled back.</summary>
    public void Forget(DbContext context) => byContext.GetOrCreateValue(context).Saved = [];

    private void Tell(IReadOnlyList<AccountChange> changes)
    {
        if (readers.IsEmpty || Net(changes) is not { Count: > 0 } net)
        {
            return;
        }

        // So that all readers hear in one order.
        lock (gate)
        {
            foreach (var reader in readers)
            {
                reader.Writer.TryWrite(net);
            }
        }
    }

    /// <summary>Once each: new and then changed is new, new and then deleted is nothing.</summary>
    private static List<AccountChange> Net(IReadOnlyList<AccountChange> changes)
    {
        OrderedDictionary<(AccountChangeSubject, long), AccountChangeKind> net = [];
        foreach (var (subject, id, kind) in changes)
        {
            var key = (subject, id);
            if (!net.TryGetValue(key, out var before))
            {
                net[key] = kind;
            }
            else if (before is AccountChangeKind.Created && kind is AccountChangeKind.Deleted)
            {
                net.Remove(key);
            }
            else if (before is not AccountChangeKind.Created && before is not AccountChangeKind.Deleted)
            {
                net[key] = kind;
            }
        }

        return [.. net.Select(pair => new AccountChange(pair.Key.Item1, pair.Key.Item2, pair.Value))];
    }

    private sealed class Gathered
    {
        public IReadOnlyList<Func<AccountChange>> Saving { get; set; } = [];

        public List<AccountChange> Saved { get; set; } = [];
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Subscriber} is too slow and was not told of {Count} changes; what it keeps should be made anew.")]
        public static partial void Lost(ILogger logger, string subscriber, int count);
    }
}

using Microsoft.AspNetCore.Authentication;

namespace Portal.Accounts.Sessions;

/// <summary>The live sessions this node has met lately, so that checking one on a request asks no database.</summary>
/// <remarks>
/// A reader that misses takes <see cref="Version"/>, reads the row, and adds it with that version. Every eviction moves
/// the version, whether or not it found something; so a row read before an end is never kept after it. An entry is read
/// anew after <see cref="Freshness"/>, which heals a lost message. At most <see cref="MaxEntries"/>: beyond it sessions
/// are simply read each time. One lock, held for a few dictionary operations.
/// </remarks>
internal sealed class SessionCache(TimeProvider time)
{
    public const int MaxEntries = 100_000;

    /// <summary>How long an entry is believed without looking at the row again.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> byKey = [];
    private readonly Dictionary<string, Entry> byId = [];
    private readonly Dictionary<long, HashSet<Entry>> byUser = [];
    private readonly Dictionary<string, SessionLife> lives = [];
    private long version;

    public long Version => Interlocked.Read(ref version);

    public int Count
    {
        get
        {
            lock (gate)
            {
                return byId.Count;
            }
        }
    }

    /// <summary>A fresh entry for the hash of a key, else null.</summary>
    public Entry? Find(byte[] keyHash)
    {
        var key = Convert.ToBase64String(keyHash);
        lock (gate)
        {
            return byKey.TryGetValue(key, out var entry) && time.GetUtcNow() - entry.ReadAt < Freshness ? entry : null;
        }
    }

    /// <summary>A fresh entry for a session's public id, else null.</summary>
    public Entry? Find(string id)
    {
        lock (gate)
        {
            return byId.TryGetValue(id, out var entry) && time.GetUtcNow() - entry.ReadAt < Freshness ? entry : null;
        }
    }

    /// <summary>The one object that says when this session was last seen on this node.</summary>
    public SessionLife LifeOf(string id, long userId)
    {
        lock (gate)
        {
            return lives.TryGetValue(id, out var life) ? life : lives[id] = new SessionLife(id, userId);
        }
    }

    /// <summary>The life of a session met on this node; null when it was not.</summary>
    public SessionLife? FindLife(string id)
    {
        lock (gate)
        {
            return lives.GetValueOrDefault(id);
        }
    }

    /// <summary>Keeps what was read, unless something was evicted since <paramref name="readAtVersion"/>.</summary>
    public void Add(byte[] keyHash, Entry entry, long readAtVersion)
    {
        var key = Convert.ToBase64String(keyHash);
        lock (gate)
        {
            if (version != readAtVersion || (byId.Count >= MaxEntries && !byId.ContainsKey(entry.Life.Id)))
            {
                return;
            }

            Remove(entry.Life.Id);
            entry.Key = key;
            byKey[key] = entry;
            byId[entry.Life.Id] = entry;
            foreach (var userId in entry.UserIds)
            {
                (byUser.TryGetValue(userId, out var entries) ? entries : byUser[userId] = []).Add(entry);
            }
        }
    }

    /// <summary>Forgets ended sessions.</summary>
    public void Evict(IEnumerable<string> ids)
    {
        lock (gate)
        {
            Interlocked.Increment(ref version);
            foreach (var id in ids)
            {
                Remove(id);
                lives.Remove(id);
            }
        }
    }

    /// <summary>Makes a user's sessions be read anew, and those in which they act as others: status, roles or name changed.</summary>
    public void EvictUser(long userId)
    {
        lock (gate)
        {
            Interlocked.Increment(ref version);
            foreach (var entry in byUser.GetValueOrDefault(userId)?.ToArray() ?? [])
            {
                Remove(entry.Life.Id);
            }
        }
    }

    /// <summary>The sessions whose last-seen moment the database does not know yet.</summary>
    public IReadOnlyList<SessionLife> Unwritten()
    {
        lock (gate)
        {
            return [.. lives.Values.Where(life => life.IsUnwritten)];
        }
    }

    /// <summary>Forgets what was written, has been silent since <paramref name="silentSince"/> and has no open tab.</summary>
    public void Trim(DateTimeOffset silentSince, IReadOnlySet<string> open)
    {
        lock (gate)
        {
            foreach (var life in lives.Values.Where(life => life.LastSeenAt < silentSince && !life.IsUnwritten && !open.Contains(life.Id)).ToList())
            {
                Remove(life.Id);
                lives.Remove(life.Id);
            }
        }
    }

    private void Remove(string id)
    {
        if (byId.Remove(id, out var entry))
        {
            byKey.Remove(entry.Key);
            foreach (var userId in entry.UserIds)
            {
                var entries = byUser[userId];
                entries.Remove(entry);
                if (entries.Count == 0)
                {
                    byUser.Remove(userId);
                }
            }
        }
    }

    /// <summary>A live session as read from its row. The ticket is shared: hand out clones only.</summary>
    internal sealed class Entry(SessionLife life, AuthenticationTicket ticket, DateTimeOffset readAt)
    {
        public SessionLife Life { get; } = life;

        public AuthenticationTicket Ticket { get; } = ticket;

        public DateTimeOffset ReadAt { get; } = readAt;

        public string Key { get; set; } = "";

        /// <summary>On whom it depends: its person, and whoever acts as them.</summary>
        public IReadOnlyList<long> UserIds { get; } = life.By is { } by ? [life.UserId, by.UserId] : [life.UserId];
    }
}

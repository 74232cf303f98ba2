using System.Net;

namespace Portal.Accounts.RateLimits;

/// <summary>Counts attempts in sliding windows, per key, in memory.</summary>
/// <remarks>
/// An attempt is counted before it is made, so that many at once cannot all slip through, and given back when it turns
/// out not to count. Keys that have been silent for their window are forgotten; at most <see cref="MaxKeys"/> are kept,
/// beyond that the oldest half goes: better a flood of names forgets a count than the memory goes.
/// </remarks>
internal sealed class AttemptLimiter(TimeProvider time)
{
    private const int MaxKeys = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Attempts> byKey = [];

    /// <summary>Counts an attempt on every key, or on none.</summary>
    /// <param name="attempts">The keys with their limits.</param>
    /// <returns>A receipt to give the attempt back with; or, when a limit is reached, how long to wait.</returns>
    public (Receipt? Receipt, TimeSpan RetryAfter) TryCount(params IReadOnlyList<(string Key, RateLimit Limit)> attempts)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            var wait = TimeSpan.Zero;
            foreach (var (key, limit) in attempts)
            {
                wait = Wait(key, limit, now) is var rest && rest > wait ? rest : wait;
            }

            if (wait > TimeSpan.Zero)
            {
                return (null, wait);
            }

            MakeRoom(now);
            foreach (var (key, limit) in attempts)
            {
                (byKey.TryGetValue(key, out var known) ? known : byKey[key] = new Attempts(limit.Window)).At.Add(now);
            }

            return (new Receipt(this, [.. attempts.Select(attempt => attempt.Key)], now), TimeSpan.Zero);
        }
    }

    /// <summary>How long to wait until one more attempt on this key would not be one too many; zero for now.</summary>
    public TimeSpan WaitFor(string key, RateLimit limit)
    {
        lock (gate)
        {
            return Wait(key, limit, time.GetUtcNow());
        }
    }

    /// <summary>Whether one more attempt on this key would be one too many.</summary>
    public bool IsReached(string key, RateLimit limit) => WaitFor(key, limit) > TimeSpan.Zero;

    /// <summary>Forgets what was counted on a key.</summary>
    public void Forget(string key)
    {
        lock (gate)
        {
            byKey.Remove(key);
        }
    }

    /// <summary>The key of a whole address; an IPv6 network of 64 bits counts as one.</summary>
    public static string AddressKey(string what, IPAddress? address)
    {
        if (address is null)
        {
            return $"{what}:address:unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"{what}:address:{Convert.ToHexString(plain.GetAddressBytes(), 0, 8)}"
            : $"{what}:address:{plain}";
    }

    /// <summary>Behind the gate.</summary>
    private TimeSpan Wait(string key, RateLimit limit, DateTimeOffset now)
    {
        if (!byKey.TryGetValue(key, out var known))
        {
            return TimeSpan.Zero;
        }

        known.Forget(now - limit.Window);
        return known.At.Count >= limit.Count ? known.At[known.At.Count - limit.Count] + limit.Window - now : TimeSpan.Zero;
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (byKey.Count < MaxKeys)
        {
            return;
        }

        foreach (var key in byKey.Where(pair => pair.Value.IsSilent(now)).Select(pair => pair.Key).ToList())
        {
            byKey.Remove(key);
        }

        if (byKey.Count >= MaxKeys)
        {
            foreach (var key in byKey.OrderBy(pair => pair.Value.At[^1]).Take(MaxKeys / 2).Select(pair => pair.Key).ToList())
            {
                byKey.Remove(key);
            }
        }
    }

    private void GiveBack(IReadOnlyList<string> keys, DateTimeOffset at)
    {
        lock (gate)
        {
            foreach (var key in keys)
            {
                if (byKey.TryGetValue(key, out var known) && known.At.Remove(at) && known.At.Count == 0)
                {
                    byKey.Remove(key);
                }
            }
        }
    }

    /// <summary>An attempt that was counted.</summary>
    internal sealed class Receipt(AttemptLimiter owner, IReadOnlyList<string> keys, DateTimeOffset at)
    {
        public void GiveBack() => owner.GiveBack(keys, at);
    }

    private sealed class Attempts(TimeSpan window)
    {
        public List<DateTimeOffset> At { get; } = [];

        public void Forget(DateTimeOffset before) => At.RemoveAll(at => at <= before);

        public bool IsSilent(DateTimeOffset now) => At.Count == 0 || At[^1] <= now - window;
    }
}

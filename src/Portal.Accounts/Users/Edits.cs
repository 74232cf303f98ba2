namespace Portal.Accounts.Users;

/// <summary>What somebody really wants of what they sent, and where others were quicker: the same for a person and for operators.</summary>
internal static class Edits
{
    /// <param name="now">What every field holds now.</param>
    /// <param name="wanted">What was sent, in the form it would be stored in.</param>
    /// <param name="before">What those fields held when they were read; null where that is not known.</param>
    /// <param name="isOld">Without <paramref name="before"/>: whether an older version was read than there is now.</param>
    public static (IReadOnlyList<KeyValuePair<string, string?>> Changes, IReadOnlyList<FieldConflict> Conflicts) Compare(
        IReadOnlyDictionary<string, string?> now, IEnumerable<KeyValuePair<string, string?>> wanted, IReadOnlyDictionary<string, string?>? before, bool isOld)
    {
        // Who sends back what they read wants nothing, whatever it is by now.
        List<KeyValuePair<string, string?>> changes = [.. wanted.Where(change => now[change.Key] != change.Value
            && (before is null || !before.TryGetValue(change.Key, out var read) || read != change.Value))];
        return (changes, [.. changes
            .Where(change => before is null ? isOld : before.GetValueOrDefault(change.Key) != now[change.Key])
            .Select(change => new FieldConflict(change.Key, now[change.Key], change.Value))]);
    }
}

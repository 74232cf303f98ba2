namespace Portal.Accounts;

/// <summary>The time zones people choose from: those the operating system knows, by their IANA names.</summary>
public static class SiteTimeZones
{
    private static readonly Lazy<IReadOnlyList<string>> Known = new(() =>
    [
        .. TimeZoneInfo.GetSystemTimeZones()
            .Select(zone => Iana(zone.Id))
            .OfType<string>()
            .Append(Utc)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ]);

    private const string Utc = "UTC";

    /// <summary>The names, sorted: <c>Africa/Abidjan</c> to <c>UTC</c>. On a system without zone data <c>UTC</c> alone.</summary>
    public static IReadOnlyList<string> All => Known.Value;

    /// <summary>The name as the system spells it, whatever the case it was given in; null when it is none.</summary>
    /// <param name="name">Also a former name that is still understood, such as <c>Europe/Kiev</c>.</param>
    public static string? Find(string name) =>
        All.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
        // Former names are area and place too; what else the system finds are files beside them.
        ?? (name.Contains('/') && name.Length <= 64 && char.IsAsciiLetterUpper(name[0]) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone.Id : null);

    private static string? Iana(string id) => !OperatingSystem.IsWindows() ? id.Contains('/') || id == Utc ? id : null
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(id, out var name) ? name : null;
}

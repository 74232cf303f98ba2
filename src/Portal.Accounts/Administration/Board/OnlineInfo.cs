namespace Portal.Accounts.Administration.Board;

/// <summary>Who has a connected tab on this node now.</summary>
/// <param name="People">How many people; an administrator who acts as somebody else counts as that person.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="Tabs">How many tabs.</param>
/// <param name="Pages">Tabs by the page they show, most first; at most ten, the path without its query.</param>
/// <param name="Countries">Sessions by country, most first; at most ten. ISO 3166-1 alpha-2, empty for unknown.</param>
public sealed record OnlineInfo(
    int People, int Sessions, int Tabs, IReadOnlyList<KeyValuePair<string, int>> Pages, IReadOnlyList<KeyValuePair<string, int>> Countries);

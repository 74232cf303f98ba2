namespace Portal.Accounts.Administration;

/// <summary>What ending a choice of sessions would do.</summary>
/// <param name="Sessions">How many would end.</param>
/// <param name="People">How many people have them. No more are counted than <paramref name="Sessions"/> was counted to.</param>
/// <param name="Online">How many have a connected tab on this node.</param>
/// <param name="SparesOwn">Whether the operator's own session is among the chosen: it stays.</param>
public sealed record SessionsPreview(ListTotal Sessions, long People, long Online, bool SparesOwn);

namespace Portal.Accounts.Activity;

/// <summary>Some of a person's security events, the newest first.</summary>
/// <param name="Results">The events.</param>
/// <param name="Next">Given as <c>before</c> it lists what is older; null when this is the end.</param>
public sealed record ActivityList(IReadOnlyList<ActivityInfo> Results, long? Next);

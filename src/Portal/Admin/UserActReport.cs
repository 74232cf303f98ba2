namespace Portal.Admin;

/// <summary>What became of an act.</summary>
/// <param name="Done">What was done, to be read out; null when nothing was.</param>
/// <param name="Refusal">Why it was not; null when it was, or was not wanted in the end.</param>
public sealed record UserActReport(string? Done, string? Refusal);

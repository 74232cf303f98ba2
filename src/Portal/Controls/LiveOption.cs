namespace Portal.Controls;

/// <summary>One thing to choose.</summary>
/// <param name="Value">What it stands for; empty for nothing chosen.</param>
/// <param name="Words">What it is called.</param>
/// <param name="Group">Under which heading it is listed; null for none.</param>
/// <param name="Lang">The language of its words; null for the page's.</param>
/// <param name="Hint">What it means, where the words do not say it; radio buttons show it.</param>
public sealed record LiveOption(string Value, string Words, string? Group = null, string? Lang = null, string? Hint = null);

namespace Portal.Accounts.Sessions.Agents;

/// <summary>One line of a table. The first line of a table that applies wins, so special ones stand above general ones.</summary>
/// <param name="Marker">What must be in the text.</param>
/// <param name="Name">What it is then called.</param>
/// <param name="Also">What must be in the text too.</param>
/// <param name="VersionMarker">What the version follows, where it is not the marker.</param>
internal sealed record AgentRule(string Marker, string Name, string? Also = null, string? VersionMarker = null)
{
    public bool AppliesTo(AgentText text) => text.Has(Marker) && (Also is null || text.Has(Also));

    public string? VersionIn(AgentText text) => text.VersionAfter(VersionMarker ?? Marker);

    public static AgentRule? FirstFor(AgentText text, AgentRule[] table)
    {
        foreach (var rule in table)
        {
            if (rule.AppliesTo(text))
            {
                return rule;
            }
        }

        return null;
    }
}

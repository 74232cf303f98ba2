namespace Portal.Accounts.Sessions.Agents;

/// <summary>One line of the table of systems.</summary>
/// <param name="Marker">What must be in the user agent.</param>
/// <param name="Name">What the system is called.</param>
/// <param name="Device">What it usually runs on.</param>
/// <param name="WhenMobile">What it runs on when the browser says "mobile", which it does on everything telephone-sized.</param>
/// <param name="Family">The system it derives from; a client hint that names the family says less and does not win.</param>
/// <param name="Also">What must be in the user agent too.</param>
internal sealed record SystemRule(
    string Marker,
    string Name,
    DeviceClass Device,
    DeviceClass WhenMobile,
    string? Family = null,
    string? Also = null)
{
    public bool AppliesTo(AgentText text) => text.Has(Marker) && (Also is null || text.Has(Also));
}

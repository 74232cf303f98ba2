using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Verbs;

/// <summary>The portal and what it is measured beside.</summary>
internal static class Sites
{
    public static async Task<(Build Portal, Build Stock)> PublishAsync(CancellationToken cancellationToken)
    {
        Report.Say("publishing the portal");
        var portal = await PortalSite.PublishAsync(cancellationToken);
        Report.Say("publishing the stock template");
        return (portal, await StockTemplate.PublishAsync(cancellationToken));
    }
}

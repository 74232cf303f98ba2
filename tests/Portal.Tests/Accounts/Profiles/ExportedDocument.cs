using System.Security.Claims;
using System.Text.Json.Nodes;
using Portal.Accounts.Profiles;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

/// <summary>A person's export, read.</summary>
internal static class ExportedDocument
{
    public static async Task<JsonNode> OfAsync(PortalHost host, ClaimsPrincipal person)
    {
        var token = TestContext.Current.CancellationToken;
        var ready = Assert.IsType<ExportOutcome.Ready>(await host.Get<IPrivacyService>().ExportAsync(person, token));
        using var written = new MemoryStream();
        await ready.WriteAsync(written, token);
        return JsonNode.Parse(written.ToArray())!;
    }
}

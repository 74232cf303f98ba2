using Microsoft.Extensions.Configuration;
using Portal.Accounts;
using Portal.Testing;

namespace Portal.Tests.House;

/// <summary>Where the portal listens unless it is told otherwise is where its README, its links and its mails say it is.</summary>
public sealed class DefaultAddressTests
{
    [Fact]
    public async Task Told_nothing_it_listens_where_the_readme_says_and_its_links_lead()
    {
        // In memory nothing is listened at, so the address stays free.
        await using var host = await PortalHost.StartAsync();
        var readme = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "README.md"), TestContext.Current.CancellationToken);

        var address = new PortalOptions().PublicUrl.OriginalString;

        Assert.Equal("http://localhost:5080", address);
        Assert.Contains($"The portal is at {address},", readme, StringComparison.Ordinal);
        Assert.Equal(address, host.Get<IConfiguration>()["urls"]);
    }

    [Theory]
    [InlineData("urls", "http://localhost:5099")]
    [InlineData("HTTP_PORTS", "5099")]
    [InlineData("HTTPS_PORTS", "5099")]
    public async Task Told_an_address_or_a_port_it_has_no_say(string key, string value)
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings[key] = value);

        Assert.Equal(key == "urls" ? value : null, host.Get<IConfiguration>()["urls"]);
    }
}

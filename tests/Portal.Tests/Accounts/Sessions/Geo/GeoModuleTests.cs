using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Tests.Accounts.Sessions.Geo;

public sealed class GeoModuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_database_the_portal_starts_and_no_country_is_known()
    {
        using var host = HostWith("");
        await host.StartAsync(Token);

        Assert.Null(host.Services.GetRequiredService<ICountryReader>().Read(IPAddress.Parse("192.0.2.1")));
    }

    [Theory]
    [InlineData("GeoLite2-Country")]
    [InlineData("GeoIP2-City")]
    [InlineData("DBIP-Country-Lite")]
    public async Task With_a_database_countries_are_known(string type)
    {
        using var file = new MaxMindFile(type).With("192.0.2.0/24", "CH").Write();
        using var host = HostWith(file.Path);
        await host.StartAsync(Token);

        Assert.Equal("CH", host.Services.GetRequiredService<ICountryReader>().Read(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_start()
    {
        var path = Path.Combine(Path.GetTempPath(), "nowhere", "countries.mmdb");

        Assert.Equal(
            $"Geo:DatabasePath is '{path}', but there is no such file. Accepted: empty, or the path of a country or city database in MaxMind's format.",
            await RefusalOfAsync(path));
    }

    [Fact]
    public async Task A_path_that_nobody_anchored_stops_the_start() =>
        Assert.StartsWith("Geo:DatabasePath is 'countries.mmdb', but this is not an absolute path.", await RefusalOfAsync("countries.mmdb"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("not a database")]
    [InlineData("\u00ab\u00cd\u00efMaxMind.com")]
    public async Task A_file_of_something_else_stops_the_start(string content)
    {
        using var file = new MaxMindFile();
        await File.WriteAllTextAsync(file.Path, content, System.Text.Encoding.Latin1, Token);

        Assert.StartsWith($"Geo:DatabasePath is '{file.Path}', but the file cannot be read as such a database.", await RefusalOfAsync(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_countries_stops_the_start()
    {
        using var file = new MaxMindFile("GeoLite2-ASN").Write();

        Assert.StartsWith($"Geo:DatabasePath is '{file.Path}', but the file holds something else than countries.", await RefusalOfAsync(file.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_stops_the_start() =>
        Assert.Contains("Geo:DatabasePath", await RefusalOfAsync(Path.GetTempPath()), StringComparison.Ordinal);

    private static async Task<string> RefusalOfAsync(string path)
    {
        using var host = HostWith(path);
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }

    private static IHost HostWith(string databasePath)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Geo:DatabasePath", databasePath)]);
        builder.Services.AddGeo(builder.Configuration);
        return builder.Build();
    }
}

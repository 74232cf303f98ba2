using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Portal.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.Tokens;

public sealed class JwtOptionsTests
{
    [Theory]
    [InlineData("short", "", 60, "Jwt:Key has 5 bytes; give 32 to 1024.")]
    [InlineData("", "short", 60, "Jwt:PreviousKey has 5 bytes; give 32 to 1024.")]
    [InlineData("", "", 0, "Jwt:Lifetime is \"00:00:00\"; give a duration from 00:01:00 to 1.00:00:00.")]
    public void A_wrong_value_stops_the_start_and_no_secret_is_told(string key, string previous, int minutes, string sentence) => Assert.Equal(
        [sentence],
        Validate("Development", new JwtOptions { Key = key, PreviousKey = previous, Lifetime = TimeSpan.FromMinutes(minutes) }).Failures);

    [Fact]
    public void Production_does_not_start_without_a_key_that_all_its_nodes_share()
    {
        Assert.Contains("Jwt:Key is empty", Assert.Single(Validate("Production", new JwtOptions()).Failures!), StringComparison.Ordinal);
        Assert.True(Validate("Development", new JwtOptions()).Succeeded);
    }

    [Fact]
    public async Task Elsewhere_the_key_is_made_once_and_kept_for_the_owner_alone()
    {
        await using var first = await PortalHost.StartAsync();
        var issued = await TokenAsync(first);
        var file = Path.Combine(first.DataDirectory, "keys", "jwt-key");
        var key = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        Assert.True(key.Length >= 64);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using var second = await PortalHost.StartAsync(options => (options.DataDirectory, options.Clock) = (first.DataDirectory, first.Clock));
        Assert.IsNotType<TokenOutcome.Wrong>(await TokensOf(second).ReadAsync(issued, TestContext.Current.CancellationToken));
        Assert.Equal(key, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private static ValidateOptionsResult Validate(string environment, JwtOptions options) =>
        new JwtOptionsValidator(new HostingEnvironment { EnvironmentName = environment }).Validate(null, options);

    private static ITokenService TokensOf(PortalHost host) =>
        host.Services.GetRequiredService<ITokenService>();

    private static async Task<string> TokenAsync(PortalHost host)
    {
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        return (await TokensOf(host).IssueAsync(await host.PersonAsync(browser), cancellationToken: TestContext.Current.CancellationToken))!.AccessToken;
    }
}

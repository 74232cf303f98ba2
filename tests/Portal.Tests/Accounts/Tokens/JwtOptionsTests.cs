using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.Tokens;

public sealed class JwtOptionsTests
{
    [Theory]
    [InlineData("Jwt:Key", "short", "Jwt:Key has 5 bytes; give 32 to 1024.")]
    [InlineData("Jwt:PreviousKey", "short", "Jwt:PreviousKey has 5 bytes; give 32 to 1024.")]
    [InlineData("Jwt:Lifetime", "00:00:10", "Jwt:Lifetime is \"00:00:10\"; give a duration from 00:01:00 to 1.00:00:00.")]
    public async Task A_wrong_value_stops_the_start_and_no_secret_is_told(string key, string value, string sentence)
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => PortalHost.StartAsync(options => options.Settings[key] = value));

        Assert.Contains(sentence, stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_does_not_start_without_a_key_that_all_its_nodes_share()
    {
        var stopped = await Assert.ThrowsAsync<OptionsValidationException>(() => PortalHost.StartAsync(options => options.Environment = "Production"));

        Assert.Contains("Jwt:Key is empty", stopped.Message, StringComparison.Ordinal);
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

    private static ITokenService TokensOf(PortalHost host) =>
        host.Services.GetRequiredService<ITokenService>();

    private static async Task<string> TokenAsync(PortalHost host)
    {
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        return (await TokensOf(host).IssueAsync(await host.PersonAsync(browser), cancellationToken: TestContext.Current.CancellationToken))!.AccessToken;
    }
}

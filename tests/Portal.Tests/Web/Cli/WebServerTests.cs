using System.Net;
using System.Net.Sockets;

namespace Portal.Tests.Web.Cli;

public sealed class WebServerTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Wrong_settings_end_the_start_with_a_line_each_and_no_stack_trace()
    {
        var result = await _cli.StartAsync("--Sessions:IdleTimeout=00:00:01", "--Portal:PublicUrl=nonsense", "--urls=http://localhost:0");

        Assert.Equal(1, result.Status);
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(
            [
                "Portal:PublicUrl is \"nonsense\"; give an absolute http or https address, for example https://accounts.example.org.",
                "Sessions:IdleTimeout is \"00:00:01\"; give a duration from 00:01:00 to 365.00:00:00.",
            ],
            lines.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("   at ", result.Output);
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_start_with_one_line_that_says_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var result = await _cli.StartAsync($"--urls=http://127.0.0.1:{port}");

        Assert.Equal(1, result.Status);
        Assert.Equal(
            $"Failed to bind to address http://127.0.0.1:{port}: address already in use. End what listens there, or give another, for example --urls http://localhost:5090, and name it in Portal:PublicUrl.",
            Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        Assert.DoesNotContain("   at ", result.Output);
    }

    [Fact]
    public async Task An_outdated_database_ends_the_start_with_the_command_to_run()
    {
        var result = await _cli.StartAsync("--Database:MigrateOnStart=false", "--urls=http://localhost:0");

        Assert.Equal(1, result.Status);
        Assert.Contains("Portal db migrate", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("   at ", result.Output);
    }
}

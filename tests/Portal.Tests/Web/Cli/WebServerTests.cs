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
    public async Task An_outdated_database_ends_the_start_with_the_command_to_run()
    {
        var result = await _cli.StartAsync("--Database:MigrateOnStart=false", "--urls=http://localhost:0");

        Assert.Equal(1, result.Status);
        Assert.Contains("Portal db migrate", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("   at ", result.Output);
    }
}

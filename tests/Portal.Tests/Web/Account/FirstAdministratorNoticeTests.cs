using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Account;
using Portal.Accounts.Administration;
using Portal.Tests.Accounts;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Web.Account;

public sealed class FirstAdministratorNoticeTests : IAsyncLifetime
{
    private readonly StringWriter _console = new();
    private ApiHost _host = null!;

    private readonly RecordedLog _log = new();

    // The kit's portal prints nothing.
    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(options => options.ConfigureServices = services =>
        services.AddHostedService<FirstAdministratorNotice>().AddSingleton<TextWriter>(_console).AddSingleton<ILoggerProvider>(_log));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_console_shows_the_way_in_until_somebody_administers()
    {
        var token = TestContext.Current.CancellationToken;
        var notice = await StartedAsync();
        using var client = _host.Anonymous();

        await notice.PrintAsync(token);
        var link = new Uri(_console.ToString().Split('\n').Select(line => line.Trim()).Last(line => line.StartsWith("http", StringComparison.Ordinal)));
        Assert.Contains("Create administrator", await client.GetStringAsync(link.PathAndQuery, token));

        await _host.MakeUserAsync("admin@example.org");
        await _host.Services.GetRequiredService<IRoleAdmin>().AddAsync("admin@example.org", "admin", Operator.CommandLine, token);
        _console.GetStringBuilder().Clear();
        await notice.PrintAsync(token);

        Assert.Equal("", _console.ToString());
        Assert.DoesNotContain("Create administrator", await client.GetStringAsync(link.PathAndQuery, token));
        Assert.DoesNotContain(_log.Lines, IsWayBack);
    }

    [Fact]
    public async Task Where_the_administrators_cannot_sign_in_the_log_says_how_they_come_back_and_nobody_else_is_let_in()
    {
        var token = TestContext.Current.CancellationToken;
        var notice = await StartedAsync();
        await _host.MakeUserAsync("admin@example.org", isActive: false);
        await _host.Services.GetRequiredService<IRoleAdmin>().AddAsync("admin@example.org", "admin", Operator.CommandLine, token);
        _console.GetStringBuilder().Clear();

        await notice.PrintAsync(token);

        Assert.Equal("", _console.ToString());
        Assert.Single(_log.Lines, IsWayBack);
        await _host.Services.GetRequiredService<IUserAdmin>().ActivateAsync("admin@example.org", Operator.CommandLine, token);
        await notice.PrintAsync(token);
        Assert.Single(_log.Lines, IsWayBack);
    }

    /// <summary>As the start left it, which has printed what it had to.</summary>
    private async Task<FirstAdministratorNotice> StartedAsync()
    {
        var notice = _host.Services.GetServices<IHostedService>().OfType<FirstAdministratorNotice>().Single();
        await notice.ExecuteTask!;
        return notice;
    }

    private static bool IsWayBack(string line) => line.StartsWith("Warning No administrator can sign in.", StringComparison.Ordinal);
}

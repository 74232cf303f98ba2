using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Account;
using Portal.Accounts.Administration;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Web.Account;

public sealed class FirstAdministratorNoticeTests : IAsyncLifetime
{
    private readonly StringWriter _console = new();
    private readonly ApiHost _host = new();

    public FirstAdministratorNoticeTests() => _host.Change = services => services.AddSingleton<TextWriter>(_console);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_console_shows_the_way_in_until_somebody_administers()
    {
        var token = TestContext.Current.CancellationToken;
        var notice = _host.Services.GetServices<IHostedService>().OfType<FirstAdministratorNotice>().Single();
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
    }
}

using System.Text.Json;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>What sign-ins that come back from a provider in vain leave in the log of security events.</summary>
[Trait("ASVS", "16.3.1")]
public sealed class FailedProviderSignInsTests(ExternalHost shared) : IClassFixture<ExternalHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_says_no_and_whose_way_back_is_another_browsers_are_noted_as_nobody()
    {
        using var browser = _host.CreateClient("198.51.100.61");
        shared.Provider.IsDenying = true;
        try
        {
            await shared.SignInAsync(browser, new ProviderPerson("nobody"));
        }
        finally
        {
            shared.Provider.IsDenying = false;
        }

        using var thief = _host.CreateClient("198.51.100.62");
        await ExternalHost.ReturnAsync(thief, await shared.VisitAsync(await ExternalHost.LeaveAsync(browser), new ProviderPerson("nobody")));

        Assert.Equal(["denied"], await ReasonsAsync(_host, "198.51.100.61"));
        Assert.Equal(["expired"], await ReasonsAsync(_host, "198.51.100.62"));
    }

    [Fact]
    public async Task An_identity_that_nobody_has_is_noted_where_nobody_registers()
    {
        await using var host = await shared.StartPortalAsync(options => options.Settings["Accounts:Registration"] = "false");
        using var browser = host.CreateClient("198.51.100.63");

        Assert.Equal("/login?external=no-account", await shared.SignInAsync(browser, new ProviderPerson("unknown-here")));

        Assert.Equal(["no-account"], await ReasonsAsync(host, "198.51.100.63"));
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task One_address_fills_the_log_no_more_than_with_its_other_failures_and_somebody_signed_in_not_at_all()
    {
        using var browser = _host.CreateClient("198.51.100.64");
        for (var i = 0; i < 55; i++)
        {
            (await browser.GetAsync("/login/external/done", Token)).Dispose();
        }

        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync(), address: "198.51.100.65");
        (await own.GetAsync("/login/external/done", Token)).Dispose();
        using var elsewhere = _host.CreateClient();
        await ExternalHost.ReturnAsync(own, await shared.VisitAsync(await ExternalHost.LeaveAsync(elsewhere), new ProviderPerson("nobody")));

        Assert.Equal([.. Enumerable.Repeat("expired", 50), "address"], await ReasonsAsync(_host, "198.51.100.64"));
        Assert.Empty(await ReasonsAsync(_host, "198.51.100.65"));
    }

    /// <summary>Why sign-ins from an address failed, oldest first.</summary>
    private static async Task<List<string?>> ReasonsAsync(PortalHost host, string address) =>
    [
        .. (await host.AuditRowsAsync())
            .Where(row => row.Ip == address && row is { SubjectId: null, Kind: "sign-in-failed" or "sign-in-throttled" })
            .Select(row => JsonDocument.Parse(row.Details!).RootElement.GetProperty("reason").GetString()),
    ];
}

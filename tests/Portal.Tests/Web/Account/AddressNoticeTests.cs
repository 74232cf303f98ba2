using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Tests.Accounts;

namespace Portal.Tests.Web.Account;

public sealed class AddressNoticeTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("http://localhost:1", true)]
    [InlineData("https://portal.example.org", false)]
    public async Task Links_to_a_port_of_this_machine_where_nobody_listens_are_warned_of(string? url, bool isWarned)
    {
        var log = new RecordedLog();
        await using var host = await PortalHost.StartAsync(options =>
        {
            options.UseKestrel = true;
            if (url is not null)
            {
                options.Settings["Portal:PublicUrl"] = url;
            }

            options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(log);
        });

        Assert.Equal(isWarned, log.Lines.Any(line => line.StartsWith("Warning Links lead to ", StringComparison.Ordinal)));
    }
}

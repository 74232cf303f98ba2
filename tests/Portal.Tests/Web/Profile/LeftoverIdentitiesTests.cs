using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.SignIn.External;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class LeftoverIdentitiesTests : IAsyncDisposable
{
    private readonly PanelContext _context = new();

    public LeftoverIdentitiesTests() => _context.Identities.Info = new(
        [new LinkedIdentityInfo("a", "gone", "Gone ID", "them-there", DateTimeOffset.UnixEpoch, IsUsable: false)], HasPassword: true, HasPasskey: false, 0);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public void Whoever_has_an_identity_of_a_provider_that_is_gone_finds_it_where_the_menu_has_no_entry() =>
        Assert.Equal(PortalUrls.IdentitiesPath, _context.Render<LeftoverIdentities>().Find("a").GetAttribute("href"));

    [Fact]
    public void Where_the_menu_has_an_entry_it_is_not_said_twice()
    {
        _context.Services.Configure<ExternalProvidersOptions>(options => options.Providers.Add(
            new ExternalProvidersOptions.Provider { Scheme = "example", DisplayName = "Example ID", Authority = "https://id.example.org", ClientId = "portal" }));

        Assert.Empty(_context.Render<LeftoverIdentities>().FindAll("a"));
    }
}

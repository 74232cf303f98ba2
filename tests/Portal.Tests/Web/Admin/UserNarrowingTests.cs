using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Admin;
using Portal.Controls;
using Portal.Controls.Lists;
using Portal.Testing;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

/// <summary>Narrowing the list of users by a role or a domain, on the doors of a running portal.</summary>
public sealed class UserNarrowingTests(SharedHost shared) : IClassFixture<SharedHost>, IAsyncLifetime
{
    private readonly PortalHost _host = shared.Host;
    private readonly PanelContext _circuit = new();

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    private IRoleAdmin Roles => _host.Get<IRoleAdmin>();

    public ValueTask InitializeAsync()
    {
        _circuit.Services.AddSingleton(Roles).AddSingleton(_host.Get<IDomainAdmin>());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Fact]
    public async Task Once_opened_each_role_says_how_many_have_it_and_is_not_counted_again()
    {
        await Roles.CreateAsync("gardener", null, Operator.CommandLine, Token);
        await _host.CreateUserAsync(roles: "gardener");
        await _host.CreateUserAsync(roles: "gardener");
        var shown = await RenderAsync();

        Assert.Contains("gardener", Options(shown, "select"));
        await shown.Find("details").TriggerEventAsync("onfolded", new FoldedEventArgs { IsOpen = true });

        Assert.Contains("gardener (2)", Options(shown, "select"));
        await _host.CreateUserAsync(roles: "gardener");
        await shown.Find("details").TriggerEventAsync("onfolded", new FoldedEventArgs());
        await shown.Find("details").TriggerEventAsync("onfolded", new FoldedEventArgs { IsOpen = true });
        Assert.Contains("gardener (2)", Options(shown, "select"));
    }

    [Fact]
    public async Task What_is_typed_suggests_domains_with_how_many_people_they_have()
    {
        await _host.CreateUserAsync("one@orchard.example");
        await _host.CreateUserAsync("two@orchard.example");
        await _host.Get<IDomainAdmin>().CreateAsync("orchard.example", Operator.CommandLine, Token);
        var shown = await RenderAsync();

        var typing = shown.Find("input[name=domain]").InputAsync("orch");
        _circuit.Clock.Advance(TimeSpan.FromMilliseconds(300));
        await typing;

        Assert.Equal(["orchard.example (2)"], Options(shown, "datalist"));
        Assert.Equal("orchard.example", shown.Find("datalist option").GetAttribute("value"));
    }

    [Fact]
    public void Where_counting_ended_a_plus_says_so()
    {
        Assert.Equal("10,000+", CountWords.Of(ListTotal.Many));
        Assert.Equal("12,345", CountWords.Of(new ListTotal(12_345)));
    }

    private static IEnumerable<string> Options(IRenderedComponent<UserNarrowing> shown, string of) => shown.FindAll($"{of} option").Select(option => option.TextContent);

    private async Task<IRenderedComponent<UserNarrowing>> RenderAsync()
    {
        var roles = await Roles.ListAsync(Token);
        return _circuit.Render<UserNarrowing>(parameters => parameters
            .Add(narrowing => narrowing.Address, ListAddress.Of(PortalUrls.AdminUsersPath)).Add(narrowing => narrowing.Roles, roles));
    }
}

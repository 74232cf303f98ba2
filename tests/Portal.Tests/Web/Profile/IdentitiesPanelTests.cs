using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.SignIn.External;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

[Trait("ASVS", "7.4.3")]
public sealed class IdentitiesPanelTests : IAsyncDisposable
{
    private readonly PanelContext _context = new();

    public IdentitiesPanelTests()
    {
        _context.Identities.Info = new(
            [new LinkedIdentityInfo("a", "example", "Example ID", "them-there", DateTimeOffset.UnixEpoch, IsUsable: true)], HasPassword: true, HasPasskey: false, OtherSessions: 2);
        _context.Services.Configure<ExternalProvidersOptions>(options =>
        {
            options.Providers.Add(new() { Scheme = "example", DisplayName = "Example ID" });
            options.Providers.Add(new() { Scheme = "campus", DisplayName = "Campus ID" });
        });
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    [Fact]
    public async Task To_sign_out_everywhere_else_is_ticked_and_goes_with_an_unlinking()
    {
        var panel = _context.Render<IdentitiesPanel>();
        Assert.True(panel.Find("#others").HasAttribute("checked"));

        var pressed = panel.Find("button[aria-label='Unlink Example ID']").ClickAsync();
        _context.Dialogs.WaitForAssertion(() => Assert.Contains("All your other devices are signed out.", _context.Dialogs.Markup, StringComparison.Ordinal));
        await _context.PressAsync("Unlink");
        await pressed;

        Assert.Equal(("a", true), Assert.Single(_context.Identities.Unlinked));
        Assert.Contains("Example ID is unlinked.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_takes_the_tick_away_keeps_the_other_sessions()
    {
        var panel = _context.Render<IdentitiesPanel>();
        await panel.Find("#others").ChangeAsync(false);

        var pressed = panel.Find("button[aria-label='Unlink Example ID']").ClickAsync();
        _context.Dialogs.WaitForAssertion(() => Assert.Contains("You can no longer sign in with it.", _context.Dialogs.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("signed out", _context.Dialogs.Markup, StringComparison.Ordinal);
        await _context.PressAsync("Unlink");
        await pressed;

        Assert.Equal(("a", false), Assert.Single(_context.Identities.Unlinked));
    }

    [Theory]
    [InlineData(2, null, "true")]
    [InlineData(2, false, "false")]
    [InlineData(0, null, "false")]
    public async Task What_is_ticked_goes_with_a_link_where_there_are_others_at_all(int others, bool? ticked, string sent)
    {
        _context.Identities.Info = _context.Identities.Info with { OtherSessions = others };
        _context.Identities.NeedsProof = false;
        var panel = _context.Render<IdentitiesPanel>();
        if (ticked is { } isTicked)
        {
            await panel.Find("#others").ChangeAsync(isTicked);
        }

        await panel.FindAll("button").Single(button => button.TextContent == "Link Campus ID").ClickAsync();

        Assert.Equal(("campus", sent), (panel.Find("input[name=scheme]").GetAttribute("value"), panel.Find("input[name=others]").GetAttribute("value")));
        Assert.Equal("link-identity", Assert.Single(_context.Script.Invocations["submit"]).Arguments[0]);
    }
}

using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class OverviewPanelTests : IAsyncDisposable
{
    private static readonly string[] Pages =
        [PortalUrls.EmailPath, PortalUrls.ProfilePath, PortalUrls.SessionsPath, PortalUrls.ActivityPath];

    private readonly PanelContext context = new();
    private readonly FakeOverview overview = new();

    public OverviewPanelTests()
    {
        context.Services.AddSingleton<IOverviewService>(overview);
        UsePages(Pages);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void An_account_in_good_order_is_told_so()
    {
        var panel = context.Render<OverviewPanel>();

        Assert.Equal("Hello Ada", panel.Find("h2").TextContent);
        Assert.Contains("Nothing is missing that would make it safer.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("ul"));
    }

    [Fact]
    public void Each_thing_that_is_missing_is_one_click_from_where_it_is_mended()
    {
        overview.Info = overview.Info with
        {
            FullName = null,
            UserName = null,
            IsEmailConfirmed = false,
            NewEmail = "new@example.org",
            NewEmailExpiresAt = DateTimeOffset.UnixEpoch,
            SessionsInDoubt = 2,
        };

        var panel = context.Render<OverviewPanel>();

        Assert.Equal("Hello person@example.org", panel.Find("h2").TextContent);
        Assert.Contains("3 things to look at:", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("Your address is not confirmed.", "/account/email"),
                ("new@example.org waits to be confirmed.", "/account/email"),
                ("2 sessions look forgotten or unknown.", "/account/sessions"),
            ],
            panel.FindAll("ul[aria-label='What is missing'] > li").Select(step => (step.QuerySelector("strong")!.TextContent, step.QuerySelector("a")!.GetAttribute("href")!)));
    }

    [Theory]
    [InlineData(true, true, "Your password alone opens the account.", "Add an app or a passkey")]
    [InlineData(true, false, "Your password alone opens the account.", "Add a second factor")]
    [InlineData(false, true, "You sign in by a provider alone.", "Add a passkey")]
    public void Whoever_has_no_password_is_not_told_that_it_alone_opens_the_account(bool hasPassword, bool lacksPasskey, string what, string verb)
    {
        UsePages(PortalUrls.SecurityPath);
        overview.Info = overview.Info with { HasPassword = hasPassword, LacksPasskey = lacksPasskey };

        var step = Assert.Single(context.Render<OverviewPanel>().FindAll("ul[aria-label='What is missing'] > li"));

        Assert.Equal((what, verb), (step.QuerySelector("strong")!.TextContent, step.QuerySelector("a")!.TextContent));
    }

    [Fact]
    public void A_password_that_was_chosen_beside_an_app_that_is_gone_is_to_be_replaced()
    {
        UsePages(PortalUrls.PasswordPath);
        overview.Info = overview.Info with { HasPassword = true, IsPasswordShort = true };

        var step = Assert.Single(context.Render<OverviewPanel>().FindAll("ul[aria-label='What is missing'] > li"));

        Assert.Equal(("Your password is short.", PortalUrls.PasswordPath), (step.QuerySelector("strong")!.TextContent, step.QuerySelector("a")!.GetAttribute("href")));
    }

    [Theory]
    [InlineData(0, "No recovery code is left.")]
    [InlineData(1, "One recovery code is left.")]
    [InlineData(3, "3 recovery codes are left.")]
    public void Few_recovery_codes_are_to_be_renewed(int left, string what)
    {
        UsePages(PortalUrls.SecurityPath);
        overview.Info = overview.Info with { HasPassword = true, HasSecondFactor = true, RecoveryCodesLeft = left };

        var step = Assert.Single(context.Render<OverviewPanel>().FindAll("ul[aria-label='What is missing'] > li"));

        Assert.Equal((what, PortalUrls.SecurityPath, "Make new ones"), (step.QuerySelector("strong")!.TextContent, step.QuerySelector("a")!.GetAttribute("href"), step.QuerySelector("a")!.TextContent));
    }

    [Fact]
    public void Four_recovery_codes_are_enough()
    {
        UsePages(PortalUrls.SecurityPath);
        overview.Info = overview.Info with { HasPassword = true, HasSecondFactor = true, RecoveryCodesLeft = 4 };

        Assert.Empty(context.Render<OverviewPanel>().FindAll("ul[aria-label='What is missing']"));
    }

    [Fact]
    public void What_is_merely_empty_is_offered_apart_and_no_reason_to_worry_anybody()
    {
        overview.Info = overview.Info with { FullName = null, IsNameMissing = true };

        var panel = context.Render<OverviewPanel>();

        Assert.Contains("Nothing is missing that would make it safer.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        var step = Assert.Single(panel.FindAll("ul[aria-label='Complete your profile'] > li"));
        Assert.Equal(("Your profile has no name.", "/account/profile"), (step.QuerySelector("strong")!.TextContent, step.QuerySelector("a")!.GetAttribute("href")));
    }

    [Fact]
    public void A_change_that_was_not_confirmed_in_time_is_told()
    {
        overview.Info = overview.Info with { NewEmail = "new@example.org" };

        Assert.Contains("new@example.org was not confirmed in time.", context.Render<OverviewPanel>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_session_in_doubt_is_no_reason_to_worry_anybody()
    {
        overview.Info = overview.Info with { SessionsInDoubt = 1 };

        Assert.Contains("Nothing is missing that would make it safer.", context.Render<OverviewPanel>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_this_build_does_not_have_is_neither_linked_nor_missed()
    {
        overview.Info = overview.Info with { FullName = null, IsNameMissing = true };
        UsePages(PortalUrls.SessionsPath);

        var panel = context.Render<OverviewPanel>();

        Assert.Contains("Nothing is missing that would make it safer.", panel.Markup, StringComparison.Ordinal);
        Assert.Equal([PortalUrls.SessionsPath], panel.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void What_changes_shows_without_a_refresh()
    {
        overview.Info = overview.Info with { FullName = null, IsNameMissing = true };
        var panel = context.Render<OverviewPanel>();

        overview.Info = overview.Info with { FullName = "Ada", IsNameMissing = false, Sessions = 3, SessionsOnline = 2 };
        context.Events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("ul")));
        Assert.Equal("In 3 browsers, 2 of them open now", panel.Find("dd a[href='/account/sessions']").TextContent);
    }

    [Fact]
    public void The_facts_are_told_in_short()
    {
        overview.Info = overview.Info with { Roles = ["admin", "editor"] };

        var facts = context.Render<OverviewPanel>().FindAll("dl > *").Select(part => part.Text().Trim()).ToList();

        Assert.Equal(["Address", "person@example.org", "Roles", "admin, editor", "Member since"], facts[..5]);
        Assert.Equal(["Last sign-in", "This is your first.", "Signed in", "In this browser only", "Recent activity", "What happened to your account"], facts[6..]);
    }

    private void UsePages(params IEnumerable<string> pages) => context.Services.AddSingleton<EndpointDataSource>(new DefaultEndpointDataSource(
        pages.Select(page => new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(page), 0, EndpointMetadataCollection.Empty, page))));

    private sealed class FakeOverview : IOverviewService
    {
        public OverviewInfo Info { get; set; } = new()
        {
            Email = PanelContext.Email,
            UserName = "person",
            FullName = "Ada",
            IsEmailConfirmed = true,
            Roles = [],
            CreatedAt = DateTimeOffset.UnixEpoch,
            Sessions = 1,
            SessionsOnline = 1,
            SessionsInDoubt = 0,
        };

        public Task<OverviewInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => Task.FromResult<OverviewInfo?>(Info);
    }
}

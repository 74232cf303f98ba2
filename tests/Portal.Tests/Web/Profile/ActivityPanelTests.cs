using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using MudBlazor;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Credentials;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn.External;
using Portal.Accounts;
using Portal.Controls;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class ActivityPanelTests : IAsyncLifetime
{
    private readonly BunitContext context = new();
    private readonly FakeActivity activity = new();
    private readonly FakeEvents events = new();
    private readonly FakeTimeProvider clock = new();
    private readonly AccountsOptions accounts = new();

    public ValueTask InitializeAsync()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddSingleton<IActivityService>(activity);
        // For the question who they are.
        context.Services.AddSingleton<ISecondFactorService>(new FakeSecondFactors());
        context.Services.AddSingleton<IIdentityService>(new FakeIdentities());
        context.Services.AddSingleton<IPasskeyConfirmation>(new FakePasskeyConfirmation());
        context.Services.AddSingleton<IAccountEvents>(events);
        context.Services.AddSingleton<TimeProvider>(clock);
        context.Services.AddSingleton(Options.Create(accounts));
        context.AddAuthorization().SetAuthorized("person").SetClaims(
            new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(SessionClaims.SessionIdType, "current"));
        context.SetRendererInfo(new RendererInfo("Server", true));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void Each_event_is_a_sentence_with_its_moment_and_details()
    {
        activity.Add(AuditKind.SignedIn, session: "current", details: """{"method":"pwd"}""");

        var panel = context.Render<ActivityPanel>();

        var row = Assert.Single(panel.FindAll("ol[aria-label=Activity] > li"));
        Assert.Contains("Signed in with a password from Firefox on Linux", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("This device", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1", row.QuerySelector("details")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(row.QuerySelector("time"));
    }

    [Fact]
    public void With_nothing_yet_it_says_what_will_be_here()
    {
        Assert.Contains("Nothing happened yet.", context.Render<ActivityPanel>().Markup, StringComparison.Ordinal);
        Assert.Contains("Nothing of this kind happened yet.", context.Render<ActivityPanel>(panel => panel.Add(shown => shown.Show, "password")).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_is_a_link_and_shows_its_kinds_alone()
    {
        activity.Add(AuditKind.SignedIn);
        activity.Add(AuditKind.PasswordChanged);
        var panel = context.Render<ActivityPanel>();

        Assert.Equal("Everything", panel.Find("nav a[aria-current]").TextContent);
        Assert.Equal("/account/activity?show=roles-and-status", panel.FindAll("nav a")[^1].GetAttribute("href"));
        panel.Render(parameters => parameters.Add(shown => shown.Show, "password"));

        Assert.Equal("Password", panel.Find("nav a[aria-current]").TextContent);
        Assert.Contains("Changed the password", Assert.Single(panel.FindAll("ol > li")).TextContent, StringComparison.Ordinal);
        panel.Render(parameters => parameters.Add(shown => shown.Show, "nonsense"));
        Assert.Equal(2, panel.FindAll("ol > li").Count);
    }

    [Fact]
    public async Task More_are_loaded_until_there_are_no_more()
    {
        activity.AddMany(60);
        var panel = context.Render<ActivityPanel>();
        Assert.Equal(25, panel.FindAll("ol > li").Count);

        await Button(panel, "Load more").ClickAsync();
        Assert.Equal(50, panel.FindAll("ol > li").Count);
        await Button(panel, "Load more").ClickAsync();

        Assert.Equal(Enumerable.Range(1, 60).Reverse().Select(id => $"{id}"), panel.FindAll("ol > li").Select(row => row.GetAttribute("data-event")));
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Load more");
        Assert.Contains("These are all events.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_event_comes_in_at_the_top_and_is_announced()
    {
        activity.Add(AuditKind.SignedIn);
        var panel = context.Render<ActivityPanel>();

        activity.Add(AuditKind.SignInFailed, details: """{"reason":"rejected"}""");
        events.Publish(new AccountEvent.SignInFailed(1));

        panel.WaitForAssertion(() => Assert.Contains("New: A sign-in failed with a wrong password", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["2", "1"], panel.FindAll("ol > li").Select(row => row.GetAttribute("data-event")));
    }

    [Fact]
    public async Task What_was_loaded_stays_when_something_new_comes()
    {
        activity.AddMany(40);
        var panel = context.Render<ActivityPanel>();
        await Button(panel, "Load more").ClickAsync();

        activity.AddMany(2);
        events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Contains("2 new events.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(42, panel.FindAll("ol > li").Count);
    }

    [Fact]
    public void After_very_many_new_ones_the_list_begins_anew_without_a_gap()
    {
        activity.Add(AuditKind.SignedIn);
        var panel = context.Render<ActivityPanel>();

        activity.AddMany(30);
        events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Equal(Enumerable.Range(7, 25).Reverse().Select(id => $"{id}"), panel.FindAll("ol > li").Select(row => row.GetAttribute("data-event"))));
        Assert.NotNull(Button(panel, "Load more"));
    }

    [Fact]
    public void Tabs_others_and_a_burst_cost_no_readings_of_their_own()
    {
        activity.Add(AuditKind.SignedIn);
        var panel = context.Render<ActivityPanel>();
        var before = activity.Readings;

        events.Publish(new AccountEvent.TabsChanged(1, "current"));
        events.Publish(new AccountEvent.UserChanged(2));
        Assert.Equal(before, activity.Readings);
        for (var i = 0; i < 50; i++)
        {
            events.Publish(new AccountEvent.UserChanged(1));
        }

        activity.Add(AuditKind.PasswordChanged);
        Assert.Equal(before + 1, activity.Readings);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        panel.WaitForAssertion(() => Assert.Equal(2, panel.FindAll("ol > li").Count));
        Assert.Equal(before + 2, activity.Readings);
    }

    [Fact]
    public async Task A_closed_panel_hears_nothing_more()
    {
        context.Render<ActivityPanel>();
        await context.DisposeComponentsAsync();

        Assert.Equal(0, events.Subscribers);
    }

    [Theory]
    [InlineData(true, "/account/password?reported=true")]
    [InlineData(false, "/account/sessions")]
    public async Task Not_me_is_asked_then_told_and_leads_on(bool changesPassword, string path)
    {
        accounts.PasswordChange = changesPassword;
        activity.Add(AuditKind.SignedIn, session: "other", details: """{"method":"pwd"}""");
        var (panel, dialogs) = RenderWithDialogs();

        var asked = panel.Find("button[aria-label^=\"This wasn't me: Signed in with a password\"]").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Contains("Firefox on Linux is signed out, if it still is signed in", dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(activity.Reported);
        await Button(dialogs, "This wasn't me").ClickAsync();
        await asked;

        Assert.Equal([1], activity.Reported);
        Assert.EndsWith(path, context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NotMeOutcome.NotFound, "This event is no longer there.")]
    [InlineData(NotMeOutcome.Impersonating, ImpersonationWords.Refused)]
    [InlineData(NotMeOutcome.AddressLost, "the address your account had before belongs to another account by now")]
    public async Task What_did_not_go_as_asked_is_said_and_leads_nowhere(NotMeOutcome outcome, string words)
    {
        activity.Add(AuditKind.PasswordChanged, session: "other");
        activity.Outcomes.Enqueue(outcome);
        var (panel, dialogs) = RenderWithDialogs();
        var before = context.Services.GetRequiredService<NavigationManager>().Uri;

        var asked = Button(panel, "This wasn't me").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.NotNull(Button(dialogs, "This wasn't me")));
        await Button(dialogs, "This wasn't me").ClickAsync();
        await asked;

        Assert.Contains(words, panel.Markup, StringComparison.Ordinal);
        Assert.Equal(before, context.Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    public async Task Cancelled_nothing_is_told()
    {
        activity.Add(AuditKind.PasswordChanged, session: "other");
        var (panel, dialogs) = RenderWithDialogs();
        var before = context.Services.GetRequiredService<NavigationManager>().Uri;

        var asked = Button(panel, "This wasn't me").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.NotNull(Button(dialogs, "Cancel")));
        await Button(dialogs, "Cancel").ClickAsync();
        await asked;

        Assert.Empty(activity.Reported);
        Assert.Equal(before, context.Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    [Trait("ASVS", "7.5.2")]
    public async Task Who_proved_themself_long_ago_is_asked_in_place_before_anything_is_told_and_it_goes_on_by_itself()
    {
        await using var circuit = new PanelContext();
        circuit.Services.AddSingleton<IActivityService>(activity);
        circuit.Services.AddSingleton(Options.Create(accounts));
        activity.Add(AuditKind.SignedIn, session: "other", details: """{"method":"pwd"}""");
        activity.Outcomes.Enqueue(NotMeOutcome.NeedsRecentAuthentication);
        activity.Outcomes.Enqueue(NotMeOutcome.NeedsRecentAuthentication);
        var panel = circuit.Render<ActivityPanel>();

        var left = Button(panel, "This wasn't me").ClickAsync();
        await circuit.PressAsync("This wasn't me");
        circuit.Dialogs.WaitForAssertion(() => Assert.Contains("Is it you?", circuit.Dialogs.Markup, StringComparison.Ordinal));
        await circuit.PressAsync("Cancel");
        await left;
        Assert.Empty(activity.Reported);
        Assert.Contains("Nothing was changed.", panel.Markup, StringComparison.Ordinal);

        var told = Button(panel, "This wasn't me").ClickAsync();
        await circuit.PressAsync("This wasn't me");
        await circuit.ProveAsync();
        await told;
        Assert.Equal([1], activity.Reported);
        Assert.EndsWith("/account/password?reported=true", panel.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_person_did_not_do_or_did_right_here_has_no_such_button()
    {
        activity.Add(AuditKind.SignInFailed);
        activity.Add(AuditKind.RoleGiven);
        activity.Add(AuditKind.SignedIn, session: "current");

        Assert.Empty(context.Render<ActivityPanel>().FindAll("ol button"));
    }

    private (IRenderedComponent<ActivityPanel> Panel, IRenderedComponent<MudDialogProvider> Dialogs) RenderWithDialogs()
    {
        var dialogs = context.Render<MudDialogProvider>();
        return (context.Render<ActivityPanel>(), dialogs);
    }

    private static AngleSharp.Dom.IElement Button<T>(IRenderedComponent<T> component, string words)
        where T : IComponent => component.FindAll("button").Single(button => button.TextContent.Trim() == words);
}

using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Profiles;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class PrivacyPanelTests : IAsyncDisposable
{
    private readonly PanelContext context = new();
    private readonly FakePrivacy privacy = new();

    public PrivacyPanelTests()
    {
        context.Services.AddSingleton<IPrivacyService>(privacy);
        context.Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());
        context.Services.Configure<AccountsOptions>(accounts => accounts.IpRetention = TimeSpan.FromDays(12));
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void What_is_held_is_told_with_how_long()
    {
        Assert.Contains("taken out after 12 days", context.Render<PrivacyPanel>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_proved_itself_lately_gets_the_file_at_once()
    {
        var panel = context.Render<PrivacyPanel>();

        await PressAsync(panel, "Export my data");

        Assert.Equal("export-data", Assert.Single(context.Script.Invocations["submit"]).Arguments[0]);
        Assert.Equal("/account/export", panel.Find("form#export-data").GetAttribute("action"));
        Assert.Contains("Your file is on its way", panel.Find(".said").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Another_one_is_asked_for_the_password_first()
    {
        privacy.NeedsRecent = true;
        var panel = context.Render<PrivacyPanel>();

        var exporting = PressAsync(panel, "Export my data");
        Assert.Empty(context.Script.Invocations["submit"]);
        await context.ProveAsync();
        await exporting;

        Assert.Single(context.Script.Invocations["submit"]);
    }

    [Fact]
    public async Task Who_does_not_prove_it_gets_no_file()
    {
        privacy.NeedsRecent = true;
        var panel = context.Render<PrivacyPanel>();

        var exporting = PressAsync(panel, "Export my data");
        await context.PressAsync("Cancel");
        await exporting;

        Assert.Empty(context.Script.Invocations["submit"]);
    }

    [Theory]
    [InlineData("", "Type your email address")]
    [InlineData("someone.else@example.org", "This is not your account's address.")]
    public async Task Without_ones_own_address_nothing_is_even_asked(string typed, string words)
    {
        var panel = context.Render<PrivacyPanel>();

        await DeleteAsync(panel, typed);

        Assert.Empty(privacy.Asked);
        Assert.Empty(context.Dialogs.FindAll("button"));
        Assert.Contains(words, panel.Find(".field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_is_asked_about_once_more_and_a_no_deletes_nothing()
    {
        var panel = context.Render<PrivacyPanel>();

        var deleting = DeleteAsync(panel, PanelContext.Email);
        await context.PressAsync("Cancel");
        await deleting;

        Assert.Empty(privacy.Asked);
        Assert.Equal(PanelContext.Email, panel.Find("input[type=email]").GetAttribute("value"));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Then_for_the_password_where_it_is_needed_and_then_it_is_done()
    {
        privacy.Outcomes.Enqueue(new DeletionOutcome.NeedsRecentAuthentication());
        privacy.Outcomes.Enqueue(new DeletionOutcome.Deleted(1));
        var panel = context.Render<PrivacyPanel>();

        var deleting = DeleteAsync(panel, "PERSON@example.org ");
        await context.PressAsync("Delete my account");
        await context.ProveAsync();
        await deleting;

        Assert.Equal(2, privacy.Asked.Count);
        Assert.True(panel.Instance.IsDeleting);
    }

    [Fact]
    public async Task The_last_administrator_is_told_what_to_do()
    {
        privacy.Outcomes.Enqueue(new DeletionOutcome.LastAdministrator());
        var panel = context.Render<PrivacyPanel>();

        var deleting = DeleteAsync(panel, PanelContext.Email);
        await context.PressAsync("Delete my account");
        await deleting;

        Assert.Contains("Give another person the role admin first", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(panel.Instance.IsDeleting);
    }

    [Fact]
    public async Task Too_many_exports_are_told_with_how_long_to_wait_before_the_password_is_asked_for()
    {
        (privacy.NeedsRecent, privacy.Wait) = (true, TimeSpan.FromMinutes(12));
        var panel = context.Render<PrivacyPanel>();
        Assert.Empty(panel.FindAll("[role=alert]"));

        await PressAsync(panel, "Export my data");

        Assert.Contains("Try again in 12 minutes.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(context.Dialogs.FindAll("button"));
        Assert.Empty(context.Script.Invocations["submit"]);

        (privacy.NeedsRecent, privacy.Wait) = (false, null);
        await PressAsync(panel, "Export my data");

        Assert.Single(context.Script.Invocations["submit"]);
        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public void Who_comes_back_from_an_export_too_many_is_told_how_long_to_wait_as_long_as_it_is_so()
    {
        privacy.Wait = TimeSpan.FromMinutes(12);
        var panel = context.Render<PrivacyPanel>(parameters => parameters.Add(shown => shown.IsExportThrottled, true));
        Assert.Contains("Try again in 12 minutes.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        privacy.Wait = null;
        panel.Render(parameters => parameters.Add(shown => shown.IsExportThrottled, true));

        Assert.Empty(panel.FindAll("[role=alert]"));
    }

    [Fact]
    public void A_refused_export_says_what_to_do()
    {
        var panel = context.Render<PrivacyPanel>(parameters => parameters.Add(shown => shown.IsExportRefused, true));

        Assert.Contains("The file was not made.", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private static Task PressAsync(IRenderedComponent<PrivacyPanel> panel, string button) =>
        panel.FindAll("button").Single(found => found.TextContent == button).ClickAsync();

    private static async Task DeleteAsync(IRenderedComponent<PrivacyPanel> panel, string typed)
    {
        await panel.Find("input[type=email]").InputAsync(typed);
        await panel.FindAll("form")[^1].SubmitAsync();
    }

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }

    private sealed class FakePrivacy : IPrivacyService
    {
        public bool NeedsRecent { get; set; }

        public TimeSpan? Wait { get; set; }

        public List<string> Asked { get; } = [];

        public Queue<DeletionOutcome> Outcomes { get; } = [];

        public Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => Task.FromResult(NeedsRecent);

        public TimeSpan? ExportRetryAfter(ClaimsPrincipal person) => Wait;

        public Task<ExportOutcome> ExportAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<DeletionOutcome> DeleteAsync(ClaimsPrincipal person, string typedEmail, CancellationToken cancellationToken = default)
        {
            Asked.Add(typedEmail);
            return Task.FromResult(Outcomes.Dequeue());
        }
    }
}

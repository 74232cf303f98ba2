using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Passkeys;
using Portal.Accounts.Profiles;
using Portal.Controls;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class PasskeysPanelTests : IAsyncDisposable
{
    private static readonly PasskeyInfo Phone = new("a", "Phone", DateTimeOffset.UnixEpoch, null, IsSynced: true);
    private static readonly PasskeyInfo Key = new("b", "Blue key", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(3), IsSynced: false);

    private readonly PanelContext context = new();
    private readonly FakePasskeys passkeys = new();

    public PasskeysPanelTests() => context.Services.AddSingleton<IPasskeyService>(passkeys);

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void Each_tells_its_name_its_last_use_and_where_it_is()
    {
        passkeys.List = [Phone, Key];

        var rows = Render().FindAll("[data-passkey]").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();

        Assert.Contains("not used yet · on all devices of its password manager", rows[0], StringComparison.Ordinal);
        Assert.Contains("last used", rows[1], StringComparison.Ordinal);
        Assert.Contains("on one device only", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_none_is_told_what_will_stand_here() => Assert.Contains("You have none yet.", Render().Markup, StringComparison.Ordinal);

    [Fact]
    public async Task One_that_the_device_made_is_added_and_the_others_signed_out_unless_unticked()
    {
        var panel = Render();

        await AddAsync(panel);

        Assert.Equal([("ticket", "answer", true)], passkeys.Added);
        panel.WaitForAssertion(() => Assert.Contains("Phone is added.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("2 other devices were signed out.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);

        await panel.Find("#add-passkey-end").ChangeAsync(false);
        await AddAsync(panel);
        Assert.False(passkeys.Added[^1].EndOthers);
    }

    [Theory]
    [InlineData("NotAllowedError", "cancelled")]
    [InlineData("InvalidStateError", "has one for your account already")]
    [InlineData("SecurityError", "do not work at this address")]
    [InlineData("NotSupportedError", "Try another device")]
    [InlineData("OperationError", "could not make one")]
    public async Task What_the_browser_did_not_make_is_told_and_nothing_is_added(string fault, string words)
    {
        var panel = Render(new NewPasskey(null, fault));

        await AddAsync(panel);

        Assert.Contains(words, panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(passkeys.Added);
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Who_they_are_is_asked_for_in_place_first()
    {
        passkeys.Begun.Enqueue(new PasskeyOutcome.NeedsRecentAuthentication());
        var panel = Render();

        var adding = AddAsync(panel);
        await context.ProveAsync();
        await adding;

        Assert.Single(passkeys.Added);
    }

    [Fact]
    public void A_browser_without_passkeys_says_so_and_offers_no_button()
    {
        var panel = Render(isSupported: false);

        panel.WaitForAssertion(() => Assert.Contains("This browser does not know passkeys.", panel.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Add a passkey");
    }

    [Fact]
    public async Task Removing_asks_by_name_and_whether_the_others_go()
    {
        passkeys.List = [Key];
        var panel = Render();

        var removing = panel.FindAll("button").Single(button => button.TextContent == "Remove").ClickAsync();
        context.Dialogs.WaitForAssertion(() => Assert.Contains("Remove Blue key?", context.Dialogs.Markup, StringComparison.Ordinal));
        await context.Dialogs.Find("#end-others").ChangeAsync(false);
        await context.PressAsync("Remove");
        await removing;

        Assert.Equal([("b", false)], passkeys.Removed);
        panel.WaitForAssertion(() => Assert.Contains("Blue key is removed.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_way_in_says_what_to_do_first()
    {
        passkeys.List = [Key];
        passkeys.Refusal = new PasskeyOutcome.LastWayIn();
        var panel = Render();

        var removing = panel.FindAll("button").Single(button => button.TextContent == "Remove").ClickAsync();
        await context.PressAsync("Remove");
        await removing;

        Assert.Contains("Add another passkey or choose a password first", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_changed_in_place_and_what_cannot_be_stays_typed()
    {
        passkeys.List = [Key];
        var panel = Render();
        await panel.FindAll("button").Single(button => button.TextContent == "Rename").ClickAsync();
        Assert.Equal("Blue key", panel.Find("input[name=Name]").GetAttribute("value"));
        context.LastFocused.ShouldBeElementReferenceTo(panel.Find("input[name=Name]"));
        var field = context.LastFocused.Id;

        await panel.Find("input[name=Name]").InputAsync(" ");
        await panel.Find("form").SubmitAsync();
        Assert.Contains("Give it a name.", panel.Find(".field-error").TextContent, StringComparison.Ordinal);

        await panel.Find("input[name=Name]").InputAsync("Red key");
        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Equal("Red key", panel.Find("[data-passkey] strong").TextContent));
        // Whether it is the button in its place a browser tells: drawn twice, it has lost the mark by which it is known here.
        Assert.NotEqual(field, context.LastFocused.Id);
    }

    [Fact]
    public async Task Leaving_asks_first_while_another_name_is_typed_and_not_saved()
    {
        passkeys.List = [Key];
        var panel = Render();
        await panel.FindAll("button").Single(button => button.TextContent == "Rename").ClickAsync();
        Assert.False(IsUnsaved());

        await panel.Find("input[name=Name]").InputAsync("Red key");
        Assert.True(IsUnsaved());

        await panel.Find("input[name=Name]").InputAsync("Blue key");
        Assert.False(IsUnsaved());

        bool IsUnsaved() => panel.Find("form[data-draft]").HasAttribute("data-unsaved");
    }

    [Fact]
    public void One_added_elsewhere_shows_here_without_a_refresh()
    {
        var panel = Render();

        passkeys.List = [Key];
        context.Events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Contains("Blue key", panel.Markup, StringComparison.Ordinal));
    }

    private static Task AddAsync(IRenderedComponent<PasskeysPanel> panel) =>
        panel.FindAll("button").Single(button => button.TextContent == "Add a passkey").ClickAsync();

    private IRenderedComponent<PasskeysPanel> Render(NewPasskey? made = null, bool isSupported = true)
    {
        context.SetUpPasskeys(script =>
        {
            script.Setup<bool>("isSupported").SetResult(isSupported);
            script.Setup<NewPasskey>("create", _ => true).SetResult(made ?? new NewPasskey("answer", null));
        });
        return context.Render<PasskeysPanel>();
    }

    private sealed class FakePasskeys : IPasskeyService
    {
        public IReadOnlyList<PasskeyInfo> List { get; set; } = [];

        public List<(string Ticket, string Answer, bool EndOthers)> Added { get; } = [];

        public List<(string Id, bool EndOthers)> Removed { get; } = [];

        /// <summary>What is answered first; after that every wish is taken.</summary>
        public Queue<PasskeyOutcome> Begun { get; } = [];

        public PasskeyOutcome? Refusal { get; set; }

        public Task<PasskeyList?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => Task.FromResult<PasskeyList?>(new PasskeyList(List, null));

        public Task<PasskeyOutcome> BeginAddingAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
            Task.FromResult(Begun.TryDequeue(out var outcome) ? outcome : new PasskeyOutcome.Ready(new PasskeyPrompt("{}", "ticket")));

        public Task<PasskeyOutcome> AddAsync(ClaimsPrincipal person, string ticket, string answer, bool endOthers, CancellationToken cancellationToken)
        {
            Added.Add((ticket, answer, endOthers));
            List = [Phone];
            return Task.FromResult<PasskeyOutcome>(new PasskeyOutcome.Done(Phone, 2));
        }

        public Task<PasskeyOutcome> RenameAsync(ClaimsPrincipal person, string id, string? name, CancellationToken cancellationToken)
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                return Task.FromResult<PasskeyOutcome>(new PasskeyOutcome.Invalid(new FieldError("Name", "Give it a name.")));
            }

            List = [List[0] with { Name = name }];
            return Task.FromResult<PasskeyOutcome>(new PasskeyOutcome.Done(List[0], 0));
        }

        public Task<PasskeyOutcome> RemoveAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken)
        {
            if (Refusal is not null)
            {
                return Task.FromResult(Refusal);
            }

            Removed.Add((id, endOthers));
            List = [];
            return Task.FromResult<PasskeyOutcome>(new PasskeyOutcome.Done(Key, 0));
        }
    }
}

using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class ProfilePanelTests : IAsyncLifetime
{
    private const string Name = "#profile_full_name";

    private readonly BunitContext context = new();
    private readonly FakeProfiles profiles = new();

    public ValueTask InitializeAsync()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddSingleton<IProfileService>(profiles);
        context.Services.AddSingleton<IPictureService>(profiles);
        context.Services.AddSingleton<IAccountEvents>(profiles);
        context.AddAuthorization().SetAuthorized("ada").SetClaims(
            new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(SessionClaims.SessionIdType, "current"));
        context.SetRendererInfo(new RendererInfo("Server", true));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void Every_field_of_the_schema_is_asked_for_by_its_kind()
    {
        profiles.Fields.AddRange(
        [
            new("bio", "About", ProfileFieldKind.LongText, 4000, false, null, null, []),
            new("site", "Website", ProfileFieldKind.Url, 255, false, null, "url", []),
            new("born", "Birthday", ProfileFieldKind.Date, 10, false, null, "bday", []),
            new("title", "Title", ProfileFieldKind.Choice, 20, true, null, null, ["Dr", "Prof"]),
        ]);
        foreach (var field in profiles.Fields)
        {
            profiles.Values[PreferenceNames.OfProfile(field.Name)] = null;
        }

        profiles.Values["profile.title"] = "Lord";

        var panel = context.Render<ProfilePanel>();

        Assert.Equal(("text", "name", "255"), (At("full_name", "type"), At("full_name", "autocomplete"), At("full_name", "maxlength")));
        Assert.Equal("TEXTAREA", panel.Find("#profile_bio").TagName);
        Assert.Equal(("url", "date", "bday"), (At("site", "type"), At("born", "type"), At("born", "autocomplete")));
        // What was chosen before it was taken from the choices is still there.
        Assert.Equal(["None", "Dr", "Prof", "Lord"], panel.FindAll("#profile_title option").Select(option => option.TextContent));
        Assert.Equal("Birthday", panel.Find("label[for=profile_born]").TextContent);
        Assert.True(panel.Find("#profile_title").HasAttribute("required"));
        Assert.Equal("Where you work or study.", panel.Find("#" + At("affiliations", "aria-describedby")).TextContent);

        string? At(string field, string attribute) => panel.Find($"#profile_{field}").GetAttribute(attribute);
    }

    [Fact]
    public async Task What_is_typed_is_saved_and_said()
    {
        var panel = context.Render<ProfilePanel>();
        Assert.False(IsUnsaved(panel));

        await panel.Find(Name).InputAsync("Ada Lovelace");
        await panel.Find("#preferences_visibility-public").ChangeAsync("public");
        await panel.Find("#preferences_language").ChangeAsync("de");
        Assert.True(IsUnsaved(panel));
        // So many the page's script has told, and knows now to have been heard.
        Assert.Equal("3", panel.Find("form[data-draft]").GetAttribute("data-heard"));
        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Equal(
            new Dictionary<string, string?> { ["profile.full_name"] = "Ada Lovelace", [PreferenceNames.Visibility] = "public", [PreferenceNames.Language] = "de" },
            Assert.Single(profiles.Edits).Changes);
        Assert.Equal("Saved.", panel.Find(".save [role=status]").TextContent.Trim());
        Assert.False(IsUnsaved(panel));
        await panel.Find(Name).InputAsync("Ada");
        Assert.Equal("", panel.Find(".save [role=status]").TextContent.Trim());
    }

    [Fact]
    public async Task Errors_are_listed_with_links_to_their_fields_and_nothing_typed_is_lost()
    {
        profiles.Answer = _ => new ProfileOutcome.Invalid([new FieldError("profile.full_name", "Full name is too long."), new FieldError(PreferenceNames.TimeZone, "No such zone.")]);
        var panel = context.Render<ProfilePanel>();
        await panel.Find(Name).InputAsync("x");

        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Equal(["/#profile_full_name", "/#preferences_time_zone"], panel.FindAll("[role=alert] a").Select(link => link.GetAttribute("href")));
        Assert.Equal(("true", "x"), (panel.Find(Name).GetAttribute("aria-invalid"), panel.Find(Name).GetAttribute("value")));
        Assert.Equal("Full name is too long.", panel.Find("#profile_full_name-error").TextContent.Trim());
        Assert.True(IsUnsaved(panel));
        Assert.Contains(context.JSInterop.Invocations, call => call.Identifier.Contains("focus", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Too_many_saves_are_told_with_how_long_to_wait_and_nothing_typed_is_lost()
    {
        profiles.Answer = _ => new ProfileOutcome.Throttled(TimeSpan.FromMinutes(12));
        var panel = context.Render<ProfilePanel>();
        await panel.Find(Name).InputAsync("Ada");

        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Contains("what you typed is still here. Try again in 12 minutes.", panel.Find(".notice.warning[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(("Ada", true, ""), (panel.Find(Name).GetAttribute("value"), IsUnsaved(panel), panel.Find(".save [role=status]").TextContent.Trim()));

        profiles.Answer = _ => null;
        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Equal("Ada", profiles.Values["profile.full_name"]);
        Assert.Empty(panel.FindAll(".notice.warning"));
    }

    [Fact]
    public async Task Somebody_elses_save_is_told_and_may_be_gone_over()
    {
        var panel = context.Render<ProfilePanel>();
        await panel.Find(Name).InputAsync("Augusta");
        profiles.Values["profile.full_name"] = "Ada";
        profiles.Answer = edit => edit.Before!["profile.full_name"] == "Ada" ? null : new ProfileOutcome.Conflict(profiles.Now, [new("profile.full_name", "Ada", "Augusta")]);

        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Contains("Changed meanwhile", panel.Find(".notice.warning[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Full name", panel.Find(".notice.warning a").TextContent);
        Assert.Equal("Augusta", panel.Find(Name).GetAttribute("value"));
        Assert.Contains("Meanwhile saved as “Ada”.", panel.Find("#profile_full_name-note").TextContent, StringComparison.Ordinal);
        Assert.Equal("Save over it", panel.Find("button[type=submit]").TextContent.Trim());

        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Equal("Augusta", profiles.Values["profile.full_name"]);
        Assert.Empty(panel.FindAll(".notice.warning"));
    }

    [Fact]
    public async Task Or_theirs_may_be_taken()
    {
        var panel = context.Render<ProfilePanel>();
        await panel.Find("#preferences_theme-dark").ChangeAsync("dark");
        profiles.Values[PreferenceNames.Theme] = "light";
        profiles.Answer = _ => new ProfileOutcome.Conflict(profiles.Now, [new(PreferenceNames.Theme, "light", "dark")]);
        await panel.Find("form[data-draft]").SubmitAsync();
        Assert.Contains("Meanwhile saved as “Light”.", panel.Markup, StringComparison.Ordinal);

        await panel.Find("#preferences_theme-note button").ClickAsync();

        Assert.True(panel.Find("#preferences_theme-light").HasAttribute("checked"));
        Assert.False(IsUnsaved(panel));
        Assert.Empty(panel.FindAll(".notice.warning"));
    }

    [Fact]
    public void What_another_tab_saves_shows_at_once()
    {
        var panel = context.Render<ProfilePanel>();
        profiles.Values["profile.full_name"] = "Grace";

        profiles.Publish(new AccountEvent.UserChanged(2));
        Assert.Equal("", panel.Find(Name).GetAttribute("value"));
        profiles.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Equal("Grace", panel.Find(Name).GetAttribute("value")));
    }

    [Fact]
    public async Task Changes_can_be_discarded()
    {
        profiles.Values["profile.full_name"] = "Ada";
        var panel = context.Render<ProfilePanel>();
        await panel.Find(Name).InputAsync("Augusta");

        await panel.FindAll("button").Single(button => button.TextContent == "Discard changes").ClickAsync();

        Assert.Equal("Ada", panel.Find(Name).GetAttribute("value"));
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Discard changes");
    }

    [Fact]
    public async Task A_field_that_must_be_filled_in_is_sent_though_nobody_touched_it()
    {
        profiles.Fields.Add(new("title", "Title", ProfileFieldKind.Text, 20, true, null, null, []));
        profiles.Values["profile.title"] = null;
        var panel = context.Render<ProfilePanel>();
        await panel.Find("#preferences_theme-dark").ChangeAsync("dark");
        await panel.Find("form[data-draft]").SubmitAsync();
        await panel.Find(Name).InputAsync("Ada");
        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.DoesNotContain("profile.title", profiles.Edits[0].Changes.Keys);
        Assert.Contains("profile.title", profiles.Edits[1].Changes.Keys);
    }

    [Fact]
    public async Task A_new_look_is_worn_at_once()
    {
        var panel = context.Render<ProfilePanel>();
        await panel.Find("#preferences_theme-dark").ChangeAsync("dark");

        await panel.Find("form[data-draft]").SubmitAsync();

        Assert.Equal("dark", context.JSInterop.Invocations.Single(call => call.Identifier == "portal.useTheme").Arguments[0]);
    }

    [Fact]
    public void Until_the_circuit_is_there_nothing_can_be_sent()
    {
        context.SetRendererInfo(new RendererInfo("Static", false));

        var panel = context.Render<ProfilePanel>();

        Assert.True(panel.Find("button[type=submit]").HasAttribute("disabled"));
        Assert.Equal("post", panel.Find("form[data-draft]").GetAttribute("method"));
        Assert.Equal(0, profiles.Subscribers);
    }

    [Fact]
    public async Task A_session_that_is_gone_asks_the_address_anew()
    {
        profiles.Answer = _ => new ProfileOutcome.Gone();
        var panel = context.Render<ProfilePanel>();
        await panel.Find(Name).InputAsync("x");

        await panel.Find("form[data-draft]").SubmitAsync();

        var history = context.Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History;
        Assert.True(Assert.Single(history).Options.ForceLoad);
    }

    [Fact]
    public async Task A_closed_panel_hears_nothing_more()
    {
        context.Render<ProfilePanel>();
        Assert.Equal(1, profiles.Subscribers);

        await context.DisposeComponentsAsync();

        Assert.Equal(0, profiles.Subscribers);
    }

    private static bool IsUnsaved(IRenderedComponent<ProfilePanel> panel) => panel.Find("form[data-draft]").HasAttribute("data-unsaved");
}

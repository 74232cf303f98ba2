using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>An administrator looks at everybody's sessions and ends some.</summary>
public sealed class AllSessionsTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Ended = "An administrator ended this session.";

    [Fact]
    [Trait("ASVS", "7.4.5")]
    public async Task Ending_one_persons_session_takes_their_page_away_and_leaves_the_others()
    {
        await StartPortalAsync();
        var (one, other) = (await Host.CreateUserAsync(), await Host.CreateUserAsync());
        var admin = await AllSessionsPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin")));
        await Expect(admin.Rows).ToHaveCountAsync(1);

        // Rows come as people sign in, with nothing loaded again.
        var ones = await OpenSessionsAsync(one, Device.Firefox);
        var others = await OpenSessionsAsync(other, Device.Phone);
        await Expect(admin.Rows).ToHaveCountAsync(3);
        await Expect(admin.Row(one.Email)).ToContainTextAsync("Online now");
        await Expect(admin.Own.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await admin.End(Device.Firefox.Words, one.Email).ClickAsync();

        await ones.LeftBecauseAsync("administrator", Ended);
        await Expect(admin.Row(one.Email)).ToHaveCountAsync(0);
        await Expect(admin.Row(other.Email)).ToContainTextAsync("Online now");
        await others.IsLiveAsync();
    }

    [Fact]
    public async Task Ending_all_that_match_says_what_it_does_asks_for_the_password_and_spares_the_own_session()
    {
        await StartPortalAsync();
        var user = await Host.CreateUserAsync(roles: "admin");
        var admin = await AllSessionsPage.OpenAsync(await SignedInProfileAsync(user));
        SessionsPage[] people = [await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Firefox), await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Phone)];
        await Expect(admin.Rows).ToHaveCountAsync(3);
        await AgeAsync(user);

        await admin.Button("End everybody's").ClickAsync();
        await Expect(admin.Question).ToContainTextAsync("Ends 2 sessions of 2 people, 2 of them online now. Your own session stays.");
        await admin.Answer("End 2 sessions").ClickAsync();
        await admin.Question.GetByLabel("Password").FillAsync(user.Password);
        await admin.Answer("Confirm").ClickAsync();

        foreach (var page in people)
        {
            await page.LeftBecauseAsync("administrator", Ended);
        }

        await Expect(admin.Rows).ToHaveCountAsync(1);
        await Expect(admin.Own).ToContainTextAsync("Online now");
    }

    [Fact]
    public async Task What_is_filtered_and_ticked_is_in_the_address_and_ends_alone()
    {
        await StartPortalAsync();
        var person = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(person, Device.Firefox);
        var phone = await OpenSessionsAsync(person, Device.Phone);
        var admin = await AllSessionsPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin")));

        await admin.Tab.GetByLabel("Browser", new() { Exact = true }).SelectOptionAsync("Firefox");
        await Expect(admin.Rows).ToHaveCountAsync(1);
        Assert.EndsWith("/admin/sessions?browser=Firefox", admin.Tab.Url, StringComparison.Ordinal);
        await admin.Tab.GetByLabel("Person", new() { Exact = true }).FillAsync(person.Email);
        await admin.Tab.GetByLabel("Person", new() { Exact = true }).PressAsync("Enter");
        await Expect(admin.Tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("user="));
        await admin.Tab.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Expect(admin.Rows).ToHaveCountAsync(3);

        await admin.Row(Device.Phone.Words).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(admin.Own.GetByRole(AriaRole.Checkbox)).ToBeDisabledAsync();
        await admin.Button("End selected (1)").ClickAsync();
        await admin.Answer("End 1 session").ClickAsync();

        await phone.LeftBecauseAsync("administrator", Ended);
        await firefox.IsLiveAsync();
    }
}

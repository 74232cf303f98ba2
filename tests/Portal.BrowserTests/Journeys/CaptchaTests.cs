using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class CaptchaTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string SiteKey = "site key & more";

    private FakeRecaptcha? fake;

    private FakeRecaptcha Recaptcha => fake!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (fake is not null)
        {
            await fake.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_keys_registration_asks_nobody_whether_they_are_a_person()
    {
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await RegisterPage.OpenAsync(tab);

        await Expect(tab.Locator("[data-captcha]")).ToHaveCountAsync(0);
        await Expect(tab.Locator("script[src*=captcha]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task With_the_box_ticked_registration_passes()
    {
        var (tab, register) = await OpenAsync("Checkbox");
        await tab.GetByLabel("I am not a robot").CheckAsync();
        await Accessibility.FitsAPhoneAsync(tab);
        await Accessibility.FindsNothingAsync(tab);
        await register.CreateAccount.ClickAsync();

        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        Assert.Equal(["explicit"], Recaptcha.Rendered);
        Assert.Equal(["ticked"], Recaptcha.Verified);
    }

    [Theory]
    [InlineData(FakeRecaptcha.Refused, "The check was not passed.")]
    [InlineData(FakeRecaptcha.Expired, "The check expired.")]
    [InlineData(FakeRecaptcha.Broken, "not available at the moment")]
    public async Task A_refused_expired_or_unanswered_check_says_so_and_keeps_what_was_typed(string answer, string words)
    {
        var (tab, register) = await OpenAsync("Checkbox");
        Recaptcha.Answer = answer;
        await tab.GetByLabel("I am not a robot").CheckAsync();
        await register.CreateAccount.ClickAsync();
        await KeptAsync(register, words);

        // The second try passes.
        Recaptcha.Answer = FakeRecaptcha.Passed;
        await register.Password.FillAsync(PortalHost.DefaultPassword);
        await register.ConfirmPassword.FillAsync(PortalHost.DefaultPassword);
        await tab.GetByLabel("I am not a robot").CheckAsync();
        await register.CreateAccount.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_unticked_box_is_asked_for_and_what_was_typed_is_kept()
    {
        var (tab, register) = await OpenAsync("Checkbox");
        await Expect(tab.GetByLabel("I am not a robot")).ToBeVisibleAsync();
        await register.CreateAccount.ClickAsync();

        await KeptAsync(register, "Please complete the check that you are not a robot");
        Assert.Empty(Recaptcha.Verified);
    }

    [Fact]
    public async Task A_key_that_scores_is_asked_in_silence_when_the_form_is_sent()
    {
        var (tab, register) = await OpenAsync("Score");
        Recaptcha.Answer = """{"success":true,"score":0.1,"action":"register","hostname":"localhost"}""";
        await register.CreateAccount.ClickAsync();
        await KeptAsync(register, "We could not tell that you are a person.");

        Recaptcha.Answer = """{"success":true,"score":0.9,"action":"register","hostname":"localhost"}""";
        await register.Password.FillAsync(PortalHost.DefaultPassword);
        await register.ConfirmPassword.FillAsync(PortalHost.DefaultPassword);
        await register.CreateAccount.ClickAsync();

        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        Assert.All(Recaptcha.Rendered, render => Assert.Equal(SiteKey, render));
        Assert.All(Recaptcha.Verified, response => Assert.Equal($"{SiteKey}:register", response));
    }

    [Theory]
    [InlineData("Checkbox")]
    [InlineData("Score")]
    public async Task A_script_that_does_not_load_is_told_to_the_person(string kind)
    {
        Tolerate("Failed to load resource");
        var (tab, register) = await OpenAsync(kind, page => page.RouteAsync("**/api.js**", route => route.AbortAsync()));
        await Expect(register.Errors).ToContainTextAsync("The check that you are a person could not be loaded.");
        await register.CreateAccount.ClickAsync();
        await Expect(register.Errors.First).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Create your account" })).ToBeVisibleAsync();
        Assert.Empty(Recaptcha.Verified);
    }

    private static async Task KeptAsync(RegisterPage register, string words)
    {
        await Expect(register.Errors).ToContainTextAsync(words);
        await Expect(register.Email).ToHaveValueAsync("human@example.org");
        await Expect(register.UserName).ToHaveValueAsync("human");
    }

    private async Task<(IPage Tab, RegisterPage Register)> OpenAsync(string kind, Func<IPage, Task>? prepare = null)
    {
        fake = await FakeRecaptcha.StartAsync(Cancel);
        await StartPortalAsync(options =>
        {
            options.Settings["Recaptcha:SiteKey"] = SiteKey;
            options.Settings["Recaptcha:SecretKey"] = "secret";
            options.Settings["Recaptcha:Kind"] = kind;
            options.Settings["Recaptcha:ScriptUrl"] = Recaptcha.ScriptUrl;
            options.Settings["Recaptcha:VerifyUrl"] = Recaptcha.VerifyUrl;
        });
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await (prepare?.Invoke(tab) ?? Task.CompletedTask);
        var register = await RegisterPage.OpenAsync(tab);
        await register.FillAsync("human@example.org", "human", PortalHost.DefaultPassword);
        return (tab, register);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class SetupServiceTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISetupService Setup => _host.Get<ISetupService>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "6.3.2")]
    public async Task A_new_portal_has_nobody_and_a_link_that_makes_its_first_administrator_once()
    {
        Assert.Empty(await EverybodyAsync());
        var link = await LinkAsync();
        using var browser = _host.CreateClient();

        using var made = await SubmitAsync(browser, link, "first@example.org");
        using var again = await browser.GetAsync(link, Token);

        Assert.Contains("The administrator's account is ready.", (await made.PageAsync()).Alert());
        Assert.Contains("This address does not work.", (await again.PageAsync()).Alert());
        Assert.False(await browser.IsSignedInAsync());
        var user = await _host.Get<IUserAdmin>().FindAsync("first@example.org", Token);
        Assert.Equal((true, true, RoleNames.Administrator), (user!.IsActive, user.ConfirmedAt is not null, Assert.Single(user.Roles).Name));
        Assert.Null(await Setup.NewLinkAsync(Token));
        await PortalHost.SignInAsync(browser, "first@example.org", PortalHost.DefaultPassword, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task The_log_says_who_set_the_portal_up_and_from_where()
    {
        using var browser = _host.CreateClient(address: "198.51.100.7");
        (await SubmitAsync(browser, await LinkAsync(), "first@example.org")).Dispose();

        var events = (await _host.Get<IEventAdmin>().ListAsync(new AuditFilter(), new ListWindow(), Token)).Results;

        Assert.Equal(["role-given", "role-created", "account-created"], events.Select(happened => happened.KindName));
        Assert.All(events, happened => Assert.Equal(
            ("first@example.org", "198.51.100.7", "Firefox"), (happened.Actor?.Email, happened.Ip, happened.Browser)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_several_at_once_one_becomes_the_administrator(bool sameLink)
    {
        var first = await LinkAsync();
        List<(HttpClient Browser, string Link, StaticForm Form)> rivals = [];
        for (var i = 0; i < 5; i++)
        {
            var (browser, link) = (_host.CreateClient(), sameLink ? first : await LinkAsync());
            rivals.Add((browser, link, Filled(await PortalHost.OpenFormAsync(browser, link, "setup", Token), $"rival{i}@example.org")));
        }

        var alerts = await Task.WhenAll(rivals.Select(async rival =>
        {
            using var answer = await rival.Browser.PostAsync(rival.Link, rival.Form.ToContent(), Token);
            return (await answer.PageAsync()).Alert();
        }));

        Assert.Single(alerts, alert => alert.Contains("The administrator's account is ready.", StringComparison.Ordinal));
        Assert.Equal(4, alerts.Count(alert => alert.Contains("This address does not work.", StringComparison.Ordinal)));
        Assert.Single(await EverybodyAsync());
    }

    [Fact]
    public async Task A_link_dies_after_a_day()
    {
        var link = await LinkAsync();
        _host.Clock.Advance(TimeSpan.FromDays(1));

        using var answer = await _host.CreateClient().GetAsync(link, Token);

        Assert.Contains("This address does not work.", (await answer.PageAsync()).Alert());
    }

    [Fact]
    public async Task A_link_dies_when_somebody_administers()
    {
        var link = await LinkAsync();
        var token = link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
        var user = await _host.CreateUserAsync();
        Assert.True(await Setup.IsUsableAsync(token, Token));

        await _host.Get<IRoleAdmin>().AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token);

        Assert.False(await Setup.IsUsableAsync(token, Token));
        Assert.IsType<AdminOutcome.Refused>(await Setup.CreateAdministratorAsync(new DefaultHttpContext(), token, "late@example.org", null, PortalHost.DefaultPassword, Token));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_administrator_who_cannot_sign_in_keeps_it_shut_and_the_command_line_opens_the_site_again(bool isActive, bool isConfirmed)
    {
        var link = await LinkAsync();
        var user = await _host.CreateUserAsync(isActive: isActive, isConfirmed: isConfirmed, roles: RoleNames.Administrator);

        using var answer = await _host.CreateClient().GetAsync(link, Token);

        Assert.Contains("This address does not work.", (await answer.PageAsync()).Alert());
        Assert.Equal((null, false), (await Setup.NewLinkAsync(Token), await Setup.CanSomebodyAdministerAsync(Token)));
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token));
        Assert.True(await Setup.CanSomebodyAdministerAsync(Token));
        using var browser = _host.CreateClient();
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_its_token_the_page_offers_nothing(string query)
    {
        await LinkAsync();

        using var answer = await _host.CreateClient().GetAsync($"/setup{query}", Token);

        var page = await answer.PageAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("This address does not work.", page.Alert());
        Assert.Null(page.QuerySelector("[name='Input.Password']"));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Without_its_token_a_form_is_refused_before_it_tells_who_is_here()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, await LinkAsync(), "setup", Token);

        using var answer = await browser.PostAsync("/setup?token=guessed", form.With("Input.Email", user.Email).ToContent(), Token);

        var page = await answer.PageAsync();
        Assert.Contains("This address does not work.", page.Alert());
        Assert.DoesNotContain("registered", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[name='Input.Password']"));
    }

    [Fact]
    public async Task What_is_typed_wrong_leaves_the_link_as_it_was()
    {
        var link = await LinkAsync();
        using var browser = _host.CreateClient();

        using var wrong = await PortalHost.PostFormAsync(browser, link, "setup",
            [new("Input.Email", "first"), new("Input.UserName", "root"), new("Input.Password", "short"), new("Input.ConfirmPassword", "short")], Token);
        var alert = (await wrong.PageAsync()).Alert();
        using var right = await SubmitAsync(browser, link, "first@example.org");

        Assert.Contains("This is not an email address.", alert);
        Assert.Contains("This username is reserved.", alert);
        Assert.Contains("Use at least 15 characters", alert);
        Assert.Contains("The administrator's account is ready.", (await right.PageAsync()).Alert());
    }

    [Fact]
    public async Task What_is_missing_is_told_together_with_what_is_wrong_each_field_once()
    {
        var link = await LinkAsync();

        using var wrong = await PortalHost.PostFormAsync(_host.CreateClient(), link, "setup",
            [new("Input.Email", ""), new("Input.UserName", "root"), new("Input.Password", "short"), new("Input.ConfirmPassword", "other")], Token);

        Assert.Equal(
            ["Enter your email address.", "This username is reserved. Choose another.", "Use at least 15 characters; this password has 5. A few unrelated words do well.", "The two passwords differ. Type the same one twice."],
            (await wrong.PageAsync()).QuerySelectorAll("main [role=alert] li").Select(error => error.TextContent.Trim()));
    }

    private async Task<IReadOnlyList<ListedUserInfo>> EverybodyAsync() =>
        (await _host.Get<IUserList>().ListAsync(new UserFilter(), UserSort.Id, isDescending: false, new ListWindow(), Token)).Results;

    private async Task<string> LinkAsync() => new Uri((await Setup.NewLinkAsync(Token))!).PathAndQuery;

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string link, string email) =>
        await browser.PostAsync(link, Filled(await PortalHost.OpenFormAsync(browser, link, "setup", Token), email).ToContent(), Token);

    private static StaticForm Filled(StaticForm form, string email) =>
        form.With("Input.Email", email).With("Input.Password", PortalHost.DefaultPassword).With("Input.ConfirmPassword", PortalHost.DefaultPassword);
}

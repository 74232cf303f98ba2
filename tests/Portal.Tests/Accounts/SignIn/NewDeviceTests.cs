using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Geo;
using Portal.Accounts.SignIn;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>Which sign-ins people are mailed of.</summary>
public sealed class NewDeviceTests : IAsyncLifetime
{
    private readonly Places _places = new();
    private PortalHost _host = null!;
    private TestUser _ana = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.Replace(ServiceDescriptor.Singleton<ICountryReader>(_places)));
        _ana = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_first_sign_in_of_an_account_is_no_news()
    {
        await SignInAsync(_host.CreateClient());

        Assert.Equal(0, await PromisedAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.5")]
    public async Task A_sign_in_in_another_browser_is_mailed_with_device_place_time_and_the_way_to_end_it()
    {
        await SignInAsync(_host.CreateClient());
        _host.Clock.Advance(TimeSpan.FromHours(2));

        await SignInAsync(_host.CreateClient("198.51.100.24", "curl/8.5.0"));

        var mail = await _host.Mails.WaitForAsync(_ana.Email, "New sign-in", Token);
        var text = mail.TextBody!.ReplaceLineEndings("\n");
        Assert.Contains("\nDevice: curl\nIP address: 198.51.100.24\n", text);
        Assert.Contains(_host.Clock.GetUtcNow().ToString("'When: 'd MMMM yyyy 'at' HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture), text);
        Assert.Equal("/not-me", CaughtMails.LinkOf(mail).AbsolutePath);
        Assert.Equal(1, await PromisedAsync());
    }

    [Fact]
    public async Task The_same_browser_is_known_the_next_time()
    {
        using var browser = _host.CreateClient();
        await SignInAsync(browser);
        await SignInAsync(_host.CreateClient());
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);

        await SignInAsync(browser);

        Assert.Equal(1, await PromisedAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.5")]
    public async Task A_known_browser_that_is_suddenly_in_another_country_is_mailed()
    {
        using var browser = _host.CreateClient();
        _places.Country = "CH";
        await SignInAsync(browser);
        await SignInAgainAsync(browser);
        Assert.Equal(0, await PromisedAsync());

        _places.Country = "JP";
        await SignInAgainAsync(browser);
        await SignInAgainAsync(browser);

        var mail = await _host.Mails.WaitForAsync(_ana.Email, "New sign-in", Token);
        Assert.Contains("from a country that the account had not been used from lately", mail.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("Japan", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(1, await PromisedAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.5")]
    public async Task The_first_sign_in_in_a_long_while_is_mailed()
    {
        using var browser = _host.CreateClient();
        await SignInAsync(browser);
        _host.Clock.Advance(SignInNotice.LongWhile - TimeSpan.FromMinutes(1));
        await SignInAsync(browser);
        Assert.Equal(0, await PromisedAsync());

        _host.Clock.Advance(SignInNotice.LongWhile + TimeSpan.FromMinutes(1));
        await SignInAsync(browser);

        Assert.Contains(
            "for the first time in more than three months", (await _host.Mails.WaitForAsync(_ana.Email, "New sign-in", Token)).TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignInNotice.SeveralFailures - 1, 0)]
    [InlineData(SignInNotice.SeveralFailures, 1)]
    [Trait("ASVS", "6.3.5")]
    public async Task A_sign_in_after_several_failures_is_mailed(int failures, int mails)
    {
        using var browser = _host.CreateClient();
        await SignInAsync(browser);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var failure = 0; failure < failures; failure++)
        {
            using var answer = await PortalHost.SignInAsync(_host.CreateClient($"203.0.113.{failure}"), _ana, password: "not the password at all", cancellationToken: Token);
        }

        _host.Clock.Advance(TimeSpan.FromHours(2));
        await SignInAgainAsync(browser);
        await SignInAgainAsync(browser);

        Assert.Equal(mails, await PromisedAsync());
    }

    [Fact]
    public async Task A_browser_that_others_signed_in_with_is_not_known_for_that()
    {
        var bo = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        await PortalHost.SignInAsync(browser, bo, cancellationToken: Token);
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);
        await SignInAsync(_host.CreateClient());

        await SignInAsync(browser);

        Assert.Equal(1, await PromisedAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_mailed_to_nobody()
    {
        await SignInAsync(_host.CreateClient());

        await PortalHost.SignInAsync(_host.CreateClient(), _ana, password: "not the password at all", cancellationToken: Token);

        Assert.Equal(0, await PromisedAsync());
    }

    [Fact]
    public async Task A_program_that_signs_in_by_REST_is_a_new_device_too()
    {
        await SignInAsync(_host.CreateClient());
        using var program = _host.CreateClient();
        await ApiHost.SendTokenAsync(program);

        using var answer = await program.PostAsJsonAsync("/api/login", new { email = _ana.Email, password = _ana.Password }, Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, await PromisedAsync());
    }

    [Theory]
    [InlineData("pwd otp mfa", null, "somebody knows your password")]
    [InlineData("swk user mfa", null, "somebody has one of your passkeys")]
    [InlineData("pwd", "example", "somebody can sign in as you at example")]
    public async Task The_mail_says_what_whoever_signed_in_has(string method, string? provider, string words)
    {
        await SignInAsync(_host.CreateClient());
        var session = new UserSession { Id = "a", UserId = _ana.Id, Method = method, Provider = provider, CreatedAt = _host.Clock.GetUtcNow() };
        await _host.QueryAsync(async context =>
        {
            await _host.Get<SignInNotice>().AddAsync(context, session, isKnownBrowser: false, Token);
            return await context.SaveChangesAsync(Token);
        });
        _host.Get<Outbox>().Wake();

        var mail = await _host.Mails.WaitForAsync(_ana.Email, "New sign-in", Token);
        Assert.Contains(words, mail.TextBody!.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_is_in_the_persons_language_and_zone()
    {
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == _ana.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.Preferences, """{"language":"de","time_zone":"Europe/Zurich"}"""), Token));
        await SignInAsync(_host.CreateClient());

        await SignInAsync(_host.CreateClient());

        var mail = await _host.Mails.WaitForAsync(_ana.Email, "Neue Anmeldung", Token);
        Assert.Contains("Gerät: Firefox unter Linux", mail.TextBody);
        Assert.Contains("Uhr (Europe/Zurich, UTC+0", mail.TextBody);
    }

    [Fact]
    public async Task What_is_added_to_a_sign_in_is_there_exactly_when_its_session_is()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };

        await Assert.ThrowsAsync<IOException>(() => http.BeginSessionAsync(_ana.Id, ["pwd"], isPersistent: false, alongside: async (context, session, cancellationToken) =>
        {
            await _host.Get<Outbox>().AddAsync(context, new AccountMail.Deactivated(_ana.Email, session.UserId, null, "https://portal.example"), cancellationToken);
            throw new IOException("The database is full.");
        }));
        Assert.Equal((0, 0), (await SessionsAsync(), await PromisedAsync(nameof(AccountMail.Deactivated))));

        await http.BeginSessionAsync(_ana.Id, ["pwd"], isPersistent: false, alongside: (context, session, cancellationToken) =>
            _host.Get<Outbox>().AddAsync(context, new AccountMail.Deactivated(_ana.Email, session.UserId, null, "https://portal.example"), cancellationToken));
        Assert.Equal((1, 1), (await SessionsAsync(), await PromisedAsync(nameof(AccountMail.Deactivated))));
    }

    private async Task SignInAsync(HttpClient browser)
    {
        using var answer = await PortalHost.SignInAsync(browser, _ana, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private async Task SignInAgainAsync(HttpClient browser)
    {
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);
        await SignInAsync(browser);
    }

    private Task<int> PromisedAsync(string kind = nameof(AccountMail.NewDevice)) =>
        _host.QueryAsync(context => context.OutboxMails.CountAsync(mail => mail.UserId == _ana.Id && mail.Kind == kind, Token));

    private Task<int> SessionsAsync() => _host.QueryAsync(context => context.Sessions.CountAsync(session => session.UserId == _ana.Id, Token));

    private sealed class Places : ICountryReader
    {
        public string? Country { get; set; }

        public string? Read(IPAddress? address) => Country;
    }
}

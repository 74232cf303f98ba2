using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Accounts.Captcha;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.SignIn;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts;

/// <summary>What a site may replace or add, each seen at a door.</summary>
public sealed class ExtensionPointsTests(ExtensionPointsTests.Site site) : IClassFixture<ExtensionPointsTests.Site>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PortalHost Host => site.Host;

    [Fact]
    public async Task A_rule_for_addresses_is_asked_on_every_way_in()
    {
        var refused = await RegisterAsync("ada@elsewhere.org");
        var byOperator = await Host.Get<IUserAdmin>().CreateAsync(
            new NewUser { Email = "ada@elsewhere.org", Password = PortalHost.DefaultPassword }, Operator.CommandLine, Cancel);
        using var file = new MemoryStream("""{"email": "ada@elsewhere.org"}"""u8.ToArray());
        List<RefusedLine> lines = [];
        await Host.Get<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { Refused = lines.Add }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(PartnersOnly.Sentence, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(PartnersOnly.Sentence, Assert.Single(Assert.IsType<AdminOutcome.Refused>(byOperator).Errors).Message);
        Assert.Equal(PartnersOnly.Sentence, Assert.Single(lines).Reason);
    }

    [Fact]
    public async Task A_captcha_of_ones_own_decides_and_a_mailer_of_ones_own_delivers()
    {
        var without = await RegisterAsync("grace@partner.example", answer: null);
        var with = await RegisterAsync("grace@partner.example");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (without.StatusCode, with.StatusCode));
        Assert.True(await site.Mailer.Sent.ReadAllAsync(Cancel).AnyAsync(mail => mail.To.Mailboxes.Single().Address == "grace@partner.example", Cancel));
    }

    [Fact]
    public async Task A_captcha_without_a_script_asks_its_question_in_the_form()
    {
        using var client = Host.CreateClient();
        var page = await client.GetStringAsync("/register", Cancel);

        using var wrong = await PortalHost.PostFormAsync(client, "/register", "register", Filled("four"), Cancel);
        using var right = await PortalHost.PostFormAsync(client, "/register", "register", Filled("a person"), Cancel);

        Assert.Contains($"<label for=\"g-recaptcha-response\">{Riddle.Asked}</label>", page, StringComparison.Ordinal);
        Assert.Contains("The check was not passed.", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);

        static IReadOnlyList<KeyValuePair<string, string>> Filled(string answer) =>
        [
            new("Input.Email", "emmy@partner.example"),
            new("Input.Password", PortalHost.DefaultPassword),
            new("Input.ConfirmPassword", PortalHost.DefaultPassword),
            new("g-recaptcha-response", answer),
        ];
    }

    [Fact]
    public async Task A_field_of_the_sites_own_is_asked_on_the_sign_in_page_and_by_rest_before_the_password()
    {
        var user = await Host.CreateUserAsync("marie@partner.example");
        using var client = Host.CreateClient();
        var page = await client.GetStringAsync("/login", Cancel);

        using var wrong = await PortalHost.PostFormAsync(client, "/login", "sign-in", Filled("8"), Cancel);
        using var answered = await ApiAsync("/api/login", new { email = user.Email, password = "not hers, and nobody looks", fields = new { house_number = "8" } });
        using var byRest = await ApiAsync("/api/login", new { email = user.Email, password = user.Password, fields = new { house_number = "7" } });
        using var right = await PortalHost.PostFormAsync(client, "/login", "sign-in", Filled("7"), Cancel);

        Assert.Contains("<label for=\"fields_house_number\">Number of your house</label>", page, StringComparison.Ordinal);
        var told = await wrong.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(HouseNumber.Sentence, told, StringComparison.Ordinal);
        Assert.Contains("value=\"8\"", told, StringComparison.Ordinal);
        var error = (await answered.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors")[0];
        Assert.Equal((HttpStatusCode.BadRequest, "fields.house_number", HouseNumber.Sentence), (answered.StatusCode, error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.OK, byRest.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.NotNull(await Host.SessionIdOfAsync(client, Cancel));

        IReadOnlyList<KeyValuePair<string, string>> Filled(string number) =>
            [new("Input.Login", user.Email), new("Input.Password", user.Password), new("fields.house_number", number)];
    }

    [Fact]
    public async Task Rules_for_passwords_go_around_the_portals_own()
    {
        var planets = await RegisterAsync("carl@partner.example", "lanterns drift over Neptune");
        var shorter = await RegisterAsync("carl@partner.example", "short");

        Assert.Contains(NoPlanets.Sentence, await planets.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("15 characters", await shorter.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> RegisterAsync(string email, string password = PortalHost.DefaultPassword, string? answer = "a person") =>
        ApiAsync("/api/register", new { email, password, recaptcha = answer });

    private async Task<HttpResponseMessage> ApiAsync(string path, object body)
    {
        using var client = Host.CreateClient();
        var token = await client.GetFromJsonAsync<Dictionary<string, string>>("/api/antiforgery", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(token!["header"], token["token"]);
        return await client.SendAsync(request, Cancel);
    }

    public sealed class Site : IAsyncLifetime
    {
        public PortalHost Host { get; private set; } = null!;

        internal QueueMailer Mailer { get; } = new();

        public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
        {
            services.AddSingleton<IEmailDomainRule, PartnersOnly>();
            services.AddSingleton<ICaptchaVerifier, Riddle>();
            services.AddSingleton<IAccountMailer>(Mailer);
            services.AddSingleton<ISignInField, HouseNumber>();
            var own = services.Last(service => service.ServiceType == typeof(IPasswordRules)).ImplementationType!;
            services.AddSingleton<IPasswordRules>(provider => new NoPlanets((IPasswordRules)ActivatorUtilities.CreateInstance(provider, own)));
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private sealed class PartnersOnly : IEmailDomainRule
    {
        public const string Sentence = "Use the address of your institute.";

        public string? Refuse(string email, string domain) => domain.EndsWith(".example", StringComparison.Ordinal) ? null : Sentence;
    }

    private sealed class Riddle : ICaptchaVerifier
    {
        public const string Asked = "Who are you?";

        public bool IsRequired => true;

        public string? Question => Asked;

        public CaptchaWidgetInfo? Widget => null;

        public Task<CaptchaOutcome> VerifyAsync(string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken) =>
            Task.FromResult<CaptchaOutcome>(response switch
            {
                null => new CaptchaOutcome.Missing(),
                "a person" => new CaptchaOutcome.Passed(),
                _ => new CaptchaOutcome.Refused(),
            });
    }

    private sealed class HouseNumber : ISignInField
    {
        public const string Sentence = "Give the number that stands at the door.";

        public string Name => "house_number";

        public string Label => "Number of your house";

        public ValueTask<string?> RefuseAsync(string? value, string login, CancellationToken cancellationToken) =>
            ValueTask.FromResult(value == "7" ? null : Sentence);
    }

    private sealed class NoPlanets(IPasswordRules inner) : IPasswordRules
    {
        public const string Sentence = "Leave the planets out of it.";

        public IReadOnlyList<string> Check(string password, PasswordContext context) =>
            password.Contains("Neptune", StringComparison.Ordinal) ? [Sentence] : inner.Check(password, context);
    }

    internal sealed class QueueMailer : IAccountMailer
    {
        private readonly Channel<MimeMessage> sent = Channel.CreateUnbounded<MimeMessage>();

        public ChannelReader<MimeMessage> Sent => sent.Reader;

        public Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            sent.Writer.TryWrite(message);
            return Task.FromResult<MailOutcome>(new MailOutcome.Taken());
        }
    }
}

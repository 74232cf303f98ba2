using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Accounts.Captcha;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
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
        var mail = await site.Mailer.Sent.Task.WaitAsync(Cancel);
        Assert.Equal("grace@partner.example", Assert.Single(mail.To.Mailboxes).Address);
    }

    [Fact]
    public async Task Rules_for_passwords_go_around_the_portals_own()
    {
        var planets = await RegisterAsync("carl@partner.example", "lanterns drift over Neptune");
        var shorter = await RegisterAsync("carl@partner.example", "short");

        Assert.Contains(NoPlanets.Sentence, await planets.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("15 characters", await shorter.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> RegisterAsync(string email, string password = PortalHost.DefaultPassword, string? answer = "a person")
    {
        using var client = Host.CreateClient();
        var token = await client.GetFromJsonAsync<Dictionary<string, string>>("/api/antiforgery", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/register") { Content = JsonContent.Create(new { email, password, recaptcha = answer }) };
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
        public bool IsRequired => true;

        public CaptchaWidgetInfo? Widget => null;

        public Task<CaptchaOutcome> VerifyAsync(string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken) =>
            Task.FromResult<CaptchaOutcome>(response switch
            {
                null => new CaptchaOutcome.Missing(),
                "a person" => new CaptchaOutcome.Passed(),
                _ => new CaptchaOutcome.Refused(),
            });
    }

    private sealed class NoPlanets(IPasswordRules inner) : IPasswordRules
    {
        public const string Sentence = "Leave the planets out of it.";

        public IReadOnlyList<string> Check(string password, PasswordContext context) =>
            password.Contains("Neptune", StringComparison.Ordinal) ? [Sentence] : inner.Check(password, context);
    }

    internal sealed class QueueMailer : IAccountMailer
    {
        public TaskCompletionSource<MimeMessage> Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            Sent.TrySetResult(message);
            return Task.FromResult<MailOutcome>(new MailOutcome.Taken());
        }
    }
}

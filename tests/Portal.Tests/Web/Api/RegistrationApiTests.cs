using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Captcha;

namespace Portal.Tests.Web.Api;

public sealed partial class RegistrationApiTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Somebody_registers_confirms_by_the_mail_and_signs_in()
    {
        using var client = _host.Anonymous();

        using var registered = await PostAsync(client, "register", new { email = "new@example.org", password = ApiHost.Password, username = "newcomer" });
        var mail = await _host.MailToAsync("new@example.org");
        var link = Link().Match(mail.TextBody!);
        using var confirmed = await PostAsync(client, "confirm-email", new { user = link.Groups["user"].Value, token = link.Groups["token"].Value });
        using var again = await PostAsync(client, "confirm-email", new { user = long.Parse(link.Groups["user"].Value, CultureInfo.InvariantCulture), token = link.Groups["token"].Value });
        using var signedIn = await PostAsync(client, "login", new { email = "newcomer", password = ApiHost.Password });

        await registered.ReadAsync(HttpStatusCode.Accepted);
        await confirmed.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["token"], await again.ReadFieldsAsync());
        await signedIn.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_taken_address_gets_the_same_answer_and_its_owner_the_mail()
    {
        await _host.MakeUserAsync("owner@example.org");
        using var client = _host.Anonymous();

        using var taken = await PostAsync(client, "register", new { email = "owner@example.org", password = ApiHost.Password });
        using var free = await PostAsync(client, "register", new { email = "free@example.org", password = ApiHost.Password });

        Assert.Equal((await free.ReadAsync(HttpStatusCode.Accepted)).GetRawText(), (await taken.ReadAsync(HttpStatusCode.Accepted)).GetRawText());
        Assert.DoesNotContain("token=", (await _host.MailToAsync("owner@example.org")).TextBody);
    }

    [Fact]
    public async Task What_was_typed_wrong_is_told_by_the_names_of_the_request()
    {
        using var client = _host.Anonymous();

        using var answer = await PostAsync(client, "register", new { email = "nonsense", username = "1", password = "short" });
        using var empty = await PostAsync(client, "register", new { });

        Assert.Equal(["email", "password", "username"], (await answer.ReadFieldsAsync()).Order());
        Assert.Equal(["email", "password"], (await empty.ReadFieldsAsync()).Order());
    }

    [Fact]
    public async Task A_missing_captcha_is_told_as_recaptcha()
    {
        await using var guarded = await ApiHost.StartAsync(WithCaptcha);
        using var client = guarded.Anonymous();

        using var answer = await PostAsync(client, "register", new { email = "new@example.org", password = ApiHost.Password });

        Assert.Equal(["recaptcha"], await answer.ReadFieldsAsync());
    }

    [Theory]
    [InlineData("""{"success":true}""", 200, null)]
    [InlineData("""{"success":false,"error-codes":["timeout-or-duplicate"]}""", 200, "The check expired.")]
    [InlineData("""{"success":false,"error-codes":["invalid-input-response"]}""", 200, "was not passed")]
    [InlineData("", 500, "is not available at the moment")]
    public async Task What_the_check_against_machines_says_decides(string said, int status, string? refusal)
    {
        await using var service = await SiteVerifyServer.StartAsync(TestContext.Current.CancellationToken);
        await using var guarded = await ApiHost.StartAsync(options =>
        {
            WithCaptcha(options);
            options.Settings["Recaptcha:VerifyUrl"] = service.VerifyUrl;
        });
        using var client = guarded.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            service.WillAnswer(said, status);
        }

        using var answer = await PostAsync(client, "register", new { email = "new@example.org", password = ApiHost.Password, recaptcha = "an answer" });

        if (refusal is null)
        {
            await answer.ReadAsync(HttpStatusCode.Accepted);
            Assert.Equal("an answer", Assert.Single(service.Calls)["response"]);
        }
        else
        {
            Assert.Contains(refusal, (await answer.ReadAsync(HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("message").GetString());
            Assert.Null(await guarded.Services.GetRequiredService<IUserAdmin>().FindAsync("new@example.org", TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_new_link_is_sent_to_who_waits_and_nobody_learns_who_does()
    {
        var user = await _host.MakeUserAsync("waiting@example.org", isConfirmed: false);
        using var client = _host.Anonymous();

        using var waiting = await PostAsync(client, "send-confirmation-email", new { email = "waiting@example.org" });
        using var nobody = await PostAsync(client, "send-confirmation-email", new { email = "nobody@example.org" });

        Assert.Equal((await nobody.ReadAsync(HttpStatusCode.Accepted)).GetRawText(), (await waiting.ReadAsync(HttpStatusCode.Accepted)).GetRawText());
        Assert.Contains($"user={user.Id}&token=", (await _host.MailToAsync("waiting@example.org")).TextBody);
    }

    [Fact]
    public async Task Too_many_links_are_told_to_wait()
    {
        using var client = _host.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            using var sent = await PostAsync(client, "send-confirmation-email", new { email = "a@example.org" });
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        }

        using var answer = await PostAsync(client, "send-confirmation-email", new { email = "a@example.org" });

        await answer.ReadProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Switched_off_it_says_so()
    {
        await using var closed = await ApiHost.StartAsync(options => options.Settings["Accounts:Registration"] = "false");
        using var client = closed.Anonymous();

        using var answer = await PostAsync(client, "register", new { email = "new@example.org", password = ApiHost.Password });

        Assert.Equal("Registration is disabled.", await answer.ReadProblemAsync(HttpStatusCode.BadRequest));
    }

    [Theory]
    [InlineData("not-a-number", "x", "user")]
    [InlineData("1", "x", "token")]
    [InlineData(null, null, "token")]
    public async Task A_mangled_link_confirms_nothing(string? user, string? token, string field)
    {
        using var client = _host.Anonymous();

        using var answer = await PostAsync(client, "confirm-email", new { user, token });

        Assert.Equal([field], await answer.ReadFieldsAsync());
    }

    private static void WithCaptcha(PortalHostOptions options)
    {
        options.Settings["Recaptcha:SiteKey"] = "site";
        options.Settings["Recaptcha:SecretKey"] = "secret";
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) =>
        client.PostAsJsonAsync($"/api/{path}", body, TestContext.Current.CancellationToken);

    [GeneratedRegex(@"user=(?<user>\d+)&token=(?<token>[\w-]+)")]
    private static partial Regex Link();
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Tokens;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts;

/// <summary>What a site may replace or add, each seen at a door.</summary>
public sealed partial class ExtensionPointsTests(ExtensionPointsTests.Site site) : IClassFixture<ExtensionPointsTests.Site>
{
    private const string OtherInstitute = "Use the address of your institute.";
    private const string Riddle = "Who are you?";
    private const string OtherHouse = "Give the number that stands at the door.";
    private const string NoPlanets = "Leave the planets out of it.";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

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
        Assert.Contains(OtherInstitute, await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(OtherInstitute, Assert.Single(Assert.IsType<AdminOutcome.Refused>(byOperator).Errors).Message);
        Assert.Equal(OtherInstitute, Assert.Single(lines).Reason);
    }

    [Fact]
    public async Task A_captcha_of_ones_own_decides_and_a_mailer_of_ones_own_delivers()
    {
        var without = await RegisterAsync("grace@partner.example", answer: null);
        var with = await RegisterAsync("grace@partner.example");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Accepted), (without.StatusCode, with.StatusCode));
        Assert.True(await site.Sent.ReadAllAsync(Cancel).AnyAsync(mail => mail.To.Mailboxes.Single().Address == "grace@partner.example", Cancel));
    }

    [Fact]
    public async Task A_captcha_without_a_script_asks_its_question_in_the_form()
    {
        using var client = Host.CreateClient();
        var page = await client.GetStringAsync("/register", Cancel);

        using var wrong = await PortalHost.PostFormAsync(client, "/register", "register", Filled("four"), Cancel);
        using var right = await PortalHost.PostFormAsync(client, "/register", "register", Filled("a person"), Cancel);

        Assert.Contains($"<label for=\"g-recaptcha-response\">{Riddle}</label>", page, StringComparison.Ordinal);
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
        Assert.Contains(OtherHouse, told, StringComparison.Ordinal);
        Assert.Contains("value=\"8\"", told, StringComparison.Ordinal);
        var error = (await answered.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors")[0];
        Assert.Equal((HttpStatusCode.BadRequest, "fields.house_number", OtherHouse), (answered.StatusCode, error.GetProperty("field").GetString(), error.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.OK, byRest.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.NotNull(await Host.SessionIdOfAsync(client, Cancel));

        IReadOnlyList<KeyValuePair<string, string>> Filled(string number) =>
            [new("Input.Login", user.Email), new("Input.Password", user.Password), new("fields.house_number", number)];
    }

    [Fact]
    public async Task Rules_for_passwords_are_as_many_as_there_are_beside_the_portals_own_and_asked_on_every_way_in()
    {
        var both = await RegisterAsync("carl@partner.example", "lanterns drift over Neptune and Narnia");
        var shorter = await RegisterAsync("carl@partner.example", "Neptune");
        var byOperator = await Host.Get<IUserAdmin>().CreateAsync(
            new NewUser { Email = "carl@partner.example", Password = "lanterns drift over Neptune" }, Operator.CommandLine, Cancel);
        var user = await Host.CreateUserAsync("caroline@partner.example");
        using var client = await Host.BeginSessionAsync(user);
        using var changed = await ApiAsync(client, "/api/change-password", new { password = user.Password, new_password = "lanterns drift over Narnia" });

        Assert.Equal([NoPlanets, NoFables.Sentence], await ToldAsync(both));
        Assert.StartsWith("Use at least 15 characters", Assert.Single(await ToldAsync(shorter)), StringComparison.Ordinal);
        Assert.Equal(NoPlanets, Assert.Single(Assert.IsType<AdminOutcome.Refused>(byOperator).Errors).Message);
        Assert.Equal([NoFables.Sentence], await ToldAsync(changed));

        static async Task<List<string?>> ToldAsync(HttpResponseMessage answer)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("message").GetString())];
        }
    }

    [Fact]
    public async Task A_subscriber_keeps_its_own_index_of_people()
    {
        var user = await Host.CreateUserAsync("hypatia@partner.example");

        await foreach (var (id, email) in site.Index.Told.ReadAllAsync(Cancel))
        {
            if (id == user.Id)
            {
                Assert.Equal(user.Email, email);
                break;
            }
        }

        Assert.IsType<AdminOutcome.Done>(await Host.Get<IUserAdmin>().DeleteAsync(user.Email, "a test", Operator.CommandLine, cancellationToken: Cancel));
        await foreach (var (id, email) in site.Index.Told.ReadAllAsync(Cancel))
        {
            if (id == user.Id)
            {
                Assert.Null(email);
                break;
            }
        }
    }

    [Fact]
    public async Task A_renderer_of_ones_own_writes_the_mails_it_wants_and_the_portal_the_others()
    {
        Assert.IsType<AdminOutcome.Done>(await Host.Get<IUserAdmin>().InviteAsync(new Invitation { Email = "lise@partner.example" }, Operator.CommandLine, Cancel));
        using var asked = await RegisterAsync("otto@partner.example");

        var invitation = await SentToAsync("lise@partner.example");
        var confirmation = await SentToAsync("otto@partner.example");

        Assert.Equal("Welcome to the institute", invitation.Subject);
        Assert.StartsWith(Host.BaseAddress.ToString(), CaughtMails.LinkOf(invitation).ToString(), StringComparison.Ordinal);
        Assert.Contains("Confirm", confirmation.Subject, StringComparison.Ordinal);

        async Task<MimeMessage> SentToAsync(string address) =>
            await site.Sent.ReadAllAsync(Cancel).FirstAsync(mail => mail.To.Mailboxes.Single().Address == address, Cancel);
    }

    [Fact]
    public async Task An_open_page_of_ones_own_hears_what_happens_to_somebody()
    {
        var user = await Host.CreateUserAsync("rosalind@partner.example");
        await using var tab = new BunitContext();
        tab.Services.AddSingleton(Host.Get<IAccountEvents>()).AddSingleton(Host.Get<IUserAdmin>()).AddSingleton(Host.Get<TimeProvider>());
        var page = tab.Render(builder =>
        {
            builder.OpenComponent(0, site.DoorSign);
            builder.AddComponentParameter(1, "UserId", user.Id);
            builder.CloseComponent();
        });
        page.WaitForAssertion(() => Assert.Equal("rosalind@partner.example may come in.", page.Markup));

        Assert.IsType<AdminOutcome.Done>(await Host.Get<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Cancel));
        page.WaitForAssertion(() => Assert.Equal("Nobody may come in.", page.Markup));
    }

    [Fact]
    public async Task A_token_service_of_ones_own_says_more_in_a_token_that_works_like_any_other()
    {
        var user = await Host.CreateUserAsync("ruth@partner.example");
        using var answered = await ApiAsync("/api/login", new { email = user.Email, password = user.Password, token = true, fields = new { house_number = "7" } });
        var token = (await answered.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("access_token").GetString()!;
        using var program = Host.CreateClient();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var profile = await program.GetFromJsonAsync<JsonElement>("/api/me", Cancel);

        Assert.Equal(user.Email, profile.GetProperty("email").GetString());
        var read = Assert.IsType<TokenOutcome.Accepted>(await Host.Get<ITokenService>().ReadAsync(token, Cancel));
        Assert.Equal("north", read.Token.FindFirst("institute")?.Value);
    }

    [Fact]
    public async Task A_field_of_the_profile_is_asked_for_on_every_way_in()
    {
        var user = await Host.CreateUserAsync("sofja@partner.example");
        using var client = await Host.BeginSessionAsync(user);
        using var longer = await ApiAsync(client, "/api/profile", new { profile = new { orcid = new string('0', 20) } }, HttpMethod.Patch);
        using var saved = await ApiAsync(client, "/api/profile", new { profile = new { orcid = "0000-0002-1825-0097" } }, HttpMethod.Patch);
        using var file = new MemoryStream();
        await Host.Get<ITransferAdmin>().ExportAsync(file, new ExportRequest(TransferFormat.Csv), Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (longer.StatusCode, saved.StatusCode));
        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n");
        Assert.Contains("profile.orcid", lines[0].Split(','));
        Assert.Contains(lines, line => line.Contains("sofja@", StringComparison.Ordinal) && line.Contains("0000-0002-1825-0097", StringComparison.Ordinal));
    }

    private Task<HttpResponseMessage> RegisterAsync(string email, string password = PortalHost.DefaultPassword, string? answer = "a person") =>
        ApiAsync("/api/register", new { email, password, recaptcha = answer });

    private async Task<HttpResponseMessage> ApiAsync(string path, object body)
    {
        using var client = Host.CreateClient();
        return await ApiAsync(client, path, body);
    }

    private static async Task<HttpResponseMessage> ApiAsync(HttpClient client, string path, object body, HttpMethod? method = null)
    {
        var token = await client.GetFromJsonAsync<Dictionary<string, string>>("/api/antiforgery", Cancel);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(token!["header"], token["token"]);
        return await client.SendAsync(request, Cancel);
    }
}

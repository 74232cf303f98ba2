using System.Net;
using System.Text.Json;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Accounts.Profiles;
using Portal.Tests.Accounts.SignIn.External;

namespace Portal.Tests.Web.Api;

/// <summary>Whatever the document names does what it is for, when asked by a client that knows nothing else.</summary>
public sealed partial class EveryOperationTests(EveryOperationTests.Site site) : IClassFixture<EveryOperationTests.Site>, IAsyncLifetime
{
    private readonly HttpClient _http = site.Anonymous();
    private readonly HashSet<string> _succeeded = [];

    private DescribedApi _api = null!;
    private DocumentClient _admin = null!;

    private PortalHost Host => site.Host;

    public async ValueTask InitializeAsync()
    {
        _api = await DescribedApi.ReadAsync(_http);
        _admin = await ProgramOfAsync(await Host.CreateUserAsync(roles: RoleNames.Administrator));
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_operation_of_the_document_does_what_it_is_for()
    {
        await AnAccountBeginsAndItsPasswordChangesAsync();
        await OwnSessionsAreListedAndEndAsync();
        await APasskeySignsInAndProvesAsync();
        await IdentitiesAreUnlinkedAsync();
        await UsersAreInvitedChangedAndDeletedAsync();
        await UsersAreStoppedAndLetInAsync();
        await RolesAreGivenAndTakenAsync();
        await SessionsOfOthersEndAsync();
        await DomainsAreLabelledAsync();
        await MailsAreTriedAndDroppedAsync();
        await EventsTellAsync();

        Assert.Empty(_api.Operations.Select(found => found.Operation["operationId"]!.GetValue<string>()).Except(_succeeded));
    }

    private async Task AnAccountBeginsAndItsPasswordChangesAsync()
    {
        const string Email = "grace@example.org";
        const string First = "lanterns drift over Utrecht";
        const string Second = "windmills turn above Delft";
        const string Third = "barges wait beside Gouda";
        var nobody = new DocumentClient(_api, _http, _succeeded);

        await nobody.AskAsync("register", new { email = Email, password = First }, HttpStatusCode.Accepted);
        var (user, replaced) = People.Read((await Host.PromisedAsync<AccountMail.ConfirmEmail>(Email)).Url);
        await nobody.AskAsync("sendConfirmationEmail", new { email = Email }, HttpStatusCode.Accepted);
        var (_, token) = People.Read((await Host.PromisedAsync<AccountMail.ConfirmEmail>(Email)).Url);
        await nobody.AskAsync("confirmEmail", new { user, token = replaced }, HttpStatusCode.BadRequest);
        await nobody.AskAsync("signIn", new { email = Email, password = First, token = true }, HttpStatusCode.Forbidden);
        await nobody.AskAsync("confirmEmail", new { user, token });
        var (grace, elsewhere) = (await ProgramOfAsync(Email, First), await ProgramOfAsync(Email, First));
        Assert.Equal(user, (await grace.AskAsync("getMe")).Body.GetProperty("id").GetInt64());

        await grace.AskAsync("changeProfile", new { profile = new { full_name = "Grace Hopper" } });
        Assert.Equal("Grace Hopper", (await grace.AskAsync("getProfile")).Body.GetProperty("profile").GetProperty("full_name").GetString());

        await grace.AskAsync("changePassword", new { password = First, new_password = Second });
        await IsOutAsync(elsewhere);
        var changes = (await grace.AskAsync("listEvents", new { kind = "password-changed" })).Body;
        Assert.True(Only(changes).GetProperty("by_you").GetBoolean());

        await nobody.AskAsync("forgotPassword", new { email = Email }, HttpStatusCode.Accepted);
        var (_, reset) = People.Read((await Host.PromisedAsync<AccountMail.ResetPassword>(Email)).Url);
        await nobody.AskAsync("resetPassword", new { user, token = reset, password = Third });
        await IsOutAsync(grace);
        await nobody.AskAsync("signIn", new { email = Email, password = Second, token = true }, HttpStatusCode.Unauthorized);
        grace = await ProgramOfAsync(Email, Third);
        await grace.AskAsync("signOut");
        await IsOutAsync(grace);
    }

    private async Task OwnSessionsAreListedAndEndAsync()
    {
        var user = await Host.CreateUserAsync();
        using var http = site.Anonymous();
        var browser = new DocumentClient(_api, http, _succeeded);
        await browser.AskAsync("signIn", new { email = user.Email, password = user.Password });
        await TakeAntiforgeryTokenAsync(browser);
        var bought = new DocumentClient(_api, _http, _succeeded) { AccessToken = (await browser.AskAsync("createToken")).Body.GetProperty("access_token").GetString() };
        var (second, third) = (await ProgramOfAsync(user), await ProgramOfAsync(user));
        Assert.Equal(await OwnSessionAsync(browser), await OwnSessionAsync(bought));
        await bought.AskAsync("getMe");

        await site.ProvedLongAgoAsync(user.Id);
        await browser.AskAsync("endOtherSessions", expected: HttpStatusCode.Forbidden);
        await browser.AskAsync("confirmPassword", new { password = user.Password });
        await browser.AskAsync("endSession", new { id = await OwnSessionAsync(second) });
        await IsOutAsync(second);
        Assert.Equal(2, (await browser.AskAsync("listSessions")).Body.GetProperty("total").GetInt32());
        await browser.AskAsync("endOtherSessions");
        await IsOutAsync(third);
        // The session goes on under another key than the one that bought it.
        await IsOutAsync(bought);
    }

    private async Task APasskeySignsInAndProvesAsync()
    {
        var (user, passkey, info) = await Host.NewOwnerAsync();
        using var device = passkey;
        await Host.AddSecondFactorAsync(user);
        using var http = site.Anonymous();
        var browser = new DocumentClient(_api, http, _succeeded);

        var (ticket, credential) = await AnswerAsync("askForPasskey");
        (await http.PostPasskeyAsync(ticket, credential)).Dispose();
        Assert.Equal(user.Id, (await browser.AskAsync("getMe")).Body.GetProperty("id").GetInt64());

        await TakeAntiforgeryTokenAsync(browser);
        await browser.AskAsync("signOut");
        (await PortalHost.SignInAsync(http, user, cancellationToken: TestContext.Current.CancellationToken)).Dispose();
        await TakeAntiforgeryTokenAsync(browser);
        (ticket, credential) = await AnswerAsync("askForPasskeyAfterPassword");
        (await http.PostPasskeyAsync(ticket, credential, path: "/login/two-factor")).Dispose();
        Assert.Equal(user.Id, (await browser.AskAsync("getMe")).Body.GetProperty("id").GetInt64());

        await TakeAntiforgeryTokenAsync(browser);
        await site.ProvedLongAgoAsync(user.Id);
        await browser.AskAsync("endOtherSessions", expected: HttpStatusCode.Forbidden);
        (ticket, credential) = await AnswerAsync("askForOwnPasskey");
        await browser.AskAsync("confirmPasskey", new { ticket, credential });
        await browser.AskAsync("endOtherSessions");

        // An administrator helps somebody who lost both.
        var seen = Only((await _admin.AskAsync("getUser", new { id = user.Email })).Body, "passkeys");
        Assert.Equal(info.Id, seen.GetProperty("id").GetString());
        await _admin.AskAsync("removePasskey", new { id = user.Email, passkey = info.Id });
        await IsOutAsync(browser);
        await _admin.AskAsync("removeSecondFactor", new { id = user.Email });
        await ProgramOfAsync(user);

        async Task<(string Ticket, string Credential)> AnswerAsync(string operationId)
        {
            var asked = (await browser.AskAsync(operationId)).Body;
            return (asked.GetProperty("ticket").GetString()!, passkey.Get(asked.GetProperty("options").GetRawText()));
        }
    }

    private async Task IdentitiesAreUnlinkedAsync()
    {
        var user = await Host.CreateUserAsync();
        await Host.LinkAsync(user, "of-every-operation");
        await Host.LinkAsync(user, "of-every-operation", ExternalHost.OtherScheme);
        var person = await ProgramOfAsync(user);

        var theirs = (await _admin.AskAsync("listAllIdentities", new { q = user.Email, method = ExternalHost.Scheme })).Body;
        var id = Only(theirs).GetProperty("id").GetString();
        Assert.Equal(user.Id, (await _admin.AskAsync("getIdentity", new { id })).Body.GetProperty("user").GetInt64());
        await _admin.AskAsync("removeIdentity", new { id });

        var left = Only((await person.AskAsync("listIdentities")).Body);
        Assert.Equal(ExternalHost.OtherScheme, left.GetProperty("method").GetString());
        await person.AskAsync("unlinkIdentity", new { id = left.GetProperty("id").GetString() });
        await _admin.AskAsync("getIdentity", new { id = left.GetProperty("id").GetString() }, HttpStatusCode.NotFound);
    }

    private Task<DocumentClient> ProgramOfAsync(TestUser user) => ProgramOfAsync(user.Email, user.Password);

    /// <summary>A program for which somebody signs in.</summary>
    private async Task<DocumentClient> ProgramOfAsync(string login, string password)
    {
        var program = new DocumentClient(_api, _http, _succeeded);
        program.AccessToken = (await program.AskAsync("signIn", new { email = login, password, token = true })).Body.GetProperty("access_token").GetString();
        return program;
    }

    /// <summary>From now on the browser sends the token of who it is signed in as now.</summary>
    private static async Task TakeAntiforgeryTokenAsync(DocumentClient browser) =>
        browser.AntiforgeryToken = (await browser.AskAsync("getAntiforgeryToken")).Body.GetProperty("token").GetString();

    private static async Task<string> OwnSessionAsync(DocumentClient person) =>
        (await person.AskAsync("listSessions")).Body.GetProperty("results")[0].GetProperty("id").GetString()!;

    private static Task IsOutAsync(DocumentClient person) => person.AskAsync("getMe", expected: HttpStatusCode.Unauthorized);

    /// <summary>The only one of a list.</summary>
    private static JsonElement Only(JsonElement body, string list = "results") => Assert.Single(body.GetProperty(list).EnumerateArray());

    /// <summary>Mails stay in its outbox: their links are read there, and administrators try and drop them.</summary>
    public sealed class Site() : ApiHost(options => options.ConfigureServices = services => services.RemoveHosted(typeof(MailSender)));
}

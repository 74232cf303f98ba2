using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Tests.Web.Api;

/// <summary>What the document says is enough to live by.</summary>
public sealed partial class AccountsLifeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Email = "grace@example.org";
    private const string First = "lanterns drift over Utrecht";
    private const string Second = "windmills turn above Delft";
    private const string Third = "barges wait beside Gouda";
    private const string Administrator = "anne@example.org";

    [Fact]
    public async Task A_client_that_read_the_document_alone_lives_an_accounts_whole_life()
    {
        using var http = host.Anonymous();
        using var elsewhere = host.Anonymous();
        using var third = host.Anonymous();
        var api = await DescribedApi.ReadAsync(http);
        var (client, other) = (new DocumentClient(api, http), new DocumentClient(api, elsewhere));

        await client.AskAsync("register", new { email = Email, username = "grace", password = First }, HttpStatusCode.Accepted);
        await client.AskAsync("signIn", new { email = Email, password = First, token = true }, HttpStatusCode.Forbidden);
        var link = await LinkAsync(Email, "Confirm");
        await client.AskAsync("confirmEmail", new { user = Number(link), token = link.Groups["token"].Value });

        other.AccessToken = (await other.AskAsync("signIn", new { email = "grace", password = First, token = true })).Body.GetProperty("access_token").GetString();
        client.AccessToken = (await client.AskAsync("signIn", new { email = Email, password = First, token = true })).Body.GetProperty("access_token").GetString();
        Assert.Equal(Email, (await client.AskAsync("getMe")).Body.GetProperty("email").GetString());

        var read = await client.AskAsync("getProfile");
        var version = read.Headers.ETag!.Tag;
        var changed = await client.AskAsync("changeProfile", new Dictionary<string, object> { ["If-Match"] = version, ["profile"] = new { full_name = "Grace Hopper" } });
        Assert.Equal("Grace Hopper", changed.Body.GetProperty("profile").GetProperty("full_name").GetString());
        await client.AskAsync(
            "changeProfile", new Dictionary<string, object> { ["If-Match"] = version, ["profile"] = new { full_name = "Somebody Else" } }, HttpStatusCode.PreconditionFailed);

        Assert.Equal(2, (await client.AskAsync("listSessions")).Body.GetProperty("total").GetInt32());
        Assert.Equal(1, (await client.AskAsync("changePassword", new { password = First, new_password = Second })).Body.GetProperty("ended").GetInt32());
        await other.AskAsync("getMe", expected: HttpStatusCode.Unauthorized);

        var events = (await client.AskAsync("listEvents", new { kind = "password-changed", size = 1 })).Body.GetProperty("results");
        Assert.True(Assert.Single(events.EnumerateArray()).GetProperty("by_you").GetBoolean());

        // A browser: it signs in for a cookie, and buys a token for a program.
        other.AccessToken = null;
        await other.AskAsync("signIn", new { email = Email, password = Second });
        other.AntiforgeryToken = (await other.AskAsync("getAntiforgeryToken")).Body.GetProperty("token").GetString();
        var program = new DocumentClient(api, third) { AccessToken = (await other.AskAsync("createToken")).Body.GetProperty("access_token").GetString() };
        var own = (await program.AskAsync("listSessions")).Body.GetProperty("results").EnumerateArray().Single(session => session.GetProperty("current").GetBoolean());
        Assert.Equal(1, (await other.AskAsync("endSession", new { id = own.GetProperty("id").GetString() })).Body.GetProperty("ended").GetInt32());
        await other.AskAsync("getMe", expected: HttpStatusCode.Unauthorized);
        await program.AskAsync("getMe", expected: HttpStatusCode.Unauthorized);

        await client.AskAsync("signOut");
        await client.AskAsync("listSessions", expected: HttpStatusCode.Unauthorized);
        client.AccessToken = null;
        await client.AskAsync("signIn", new { email = Email, password = First, token = true }, HttpStatusCode.Unauthorized);

        await client.AskAsync("forgotPassword", new { email = Email }, HttpStatusCode.Accepted);
        var reset = await LinkAsync(Email, "Choose a new password");
        await client.AskAsync("resetPassword", new { user = Number(reset), token = reset.Groups["token"].Value, password = Third });
        await client.AskAsync("signIn", new { email = Email, password = Second, token = true }, HttpStatusCode.Unauthorized);
        client.AccessToken = (await client.AskAsync("signIn", new { email = Email, password = Third, token = true })).Body.GetProperty("access_token").GetString();

        // An administrator, who asks others in, and her out.
        await host.MakeUserAsync(Administrator);
        Assert.IsType<AdminOutcome.Done>(await host.Services.GetRequiredService<IRoleAdmin>().AddAsync(Administrator, RoleNames.Administrator, Operator.CommandLine, TestContext.Current.CancellationToken));
        var admin = new DocumentClient(api, third);
        admin.AccessToken = (await admin.AskAsync("signIn", new { email = Administrator, password = ApiHost.Password, token = true })).Body.GetProperty("access_token").GetString();
        var invited = (await admin.AskAsync("inviteUser", new { email = "emmy@example.org", username = "emmy" }, HttpStatusCode.Created)).Body;
        Assert.True(invited.GetProperty("invited").GetBoolean());
        Assert.Equal(invited.GetProperty("id").GetInt64(), Number(await LinkAsync("emmy@example.org")));

        await admin.AskAsync("createRole", new { name = "curators" }, HttpStatusCode.Created);
        await admin.AskAsync("giveRole", new { id = Email, name = "curators" });
        var roles = (await client.AskAsync("getMe")).Body.GetProperty("roles");
        Assert.Equal("curators", Assert.Single(roles.EnumerateArray()).GetProperty("name").GetString());

        Assert.Equal(1, (await admin.AskAsync("blockUser", new { id = Email, reason = "The end of the test." })).Body.GetProperty("ended").GetInt32());
        await client.AskAsync("getMe", expected: HttpStatusCode.Unauthorized);
        var seen = (await admin.AskAsync("getUser", new { id = Email })).Headers.ETag!.Tag;
        await admin.AskAsync("deleteUser", new Dictionary<string, object> { ["id"] = Email, ["reason"] = "The end of the test.", ["If-Match"] = seen });
        await admin.AskAsync("getUser", new { id = Email }, HttpStatusCode.NotFound);
    }

    private static long Number(Match link) => long.Parse(link.Groups["user"].Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The link in the newest mail to somebody.</summary>
    private async Task<Match> LinkAsync(string recipient, string subjectPart = "") => Link().Match((await host.MailToAsync(recipient, subjectPart)).TextBody!);

    [GeneratedRegex(@"user=(?<user>\d+)&token=(?<token>[\w-]+)")]
    private static partial Regex Link();
}

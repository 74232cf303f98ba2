using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Web.Api;

// What administrators do.
public sealed partial class EveryOperationTests
{
    private async Task UsersAreInvitedChangedAndDeletedAsync()
    {
        var id = (await _admin.AskAsync("inviteUser", new { email = "emmy@example.org", username = "emmy" }, HttpStatusCode.Created)).Body.GetProperty("id").ToString();
        Assert.True((await _admin.AskAsync("getUser", new { id })).Body.GetProperty("invited").GetBoolean());
        Assert.NotEmpty((await Host.PromisedAsync<AccountMail.Invitation>("emmy@example.org")).Url);
        await _admin.AskAsync("changeUser", new { id, username = "noether" });
        Assert.Equal(id, Only((await _admin.AskAsync("listUsers", new { q = "noether" })).Body).GetProperty("id").ToString());
        await _admin.AskAsync("deleteUser", new { id, reason = "She stays away." });
        await _admin.AskAsync("getUser", new { id }, HttpStatusCode.NotFound);

        var forgetful = await Host.CreateUserAsync();
        await _admin.AskAsync("sendPasswordReset", new { id = forgetful.Email }, HttpStatusCode.Accepted);
        Assert.NotEmpty((await Host.PromisedAsync<AccountMail.ResetPassword>(forgetful.Email)).Url);
    }

    private async Task UsersAreStoppedAndLetInAsync()
    {
        var user = await Host.CreateUserAsync(isConfirmed: false);
        var id = user.Email;

        await new DocumentClient(_api, _http, _succeeded).AskAsync("signIn", new { email = id, password = user.Password, token = true }, HttpStatusCode.Forbidden);
        await _admin.AskAsync("confirmUsersEmail", new { id });
        await StopsAsync(() => _admin.AskAsync("deactivateUser", new { id, reason = "On leave." }));
        await _admin.AskAsync("activateUser", new { id });
        await StopsAsync(() => _admin.AskAsync("changeUsers", new { action = "deactivate", ids = new[] { user.Id } }));
        await _admin.AskAsync("activateUser", new { id });
        await StopsAsync(() => _admin.AskAsync("blockUser", new { id, reason = "Advertises." }));

        await _admin.AskAsync("verifyUser", new { id });
        Assert.Equal(user.Id, Only((await _admin.AskAsync("listUsers", new { q = id, verified = true })).Body).GetProperty("id").GetInt64());
        await _admin.AskAsync("unverifyUser", new { id });
        Assert.Equal(0, (await _admin.AskAsync("listUsers", new { q = id, verified = true })).Body.GetProperty("total").GetInt32());

        async Task StopsAsync(Func<Task> stop)
        {
            var person = await ProgramOfAsync(user);
            await stop();
            await IsOutAsync(person);
        }
    }

    private async Task RolesAreGivenAndTakenAsync()
    {
        var user = await Host.CreateUserAsync();
        var person = await ProgramOfAsync(user);

        var id = (await _admin.AskAsync("createRole", new { name = "curators" }, HttpStatusCode.Created)).Body.GetProperty("id").ToString();
        await _admin.AskAsync("changeRole", new { id, name = "keepers" });
        Assert.Equal("keepers", (await _admin.AskAsync("getRole", new { id })).Body.GetProperty("name").GetString());

        await _admin.AskAsync("giveRole", new { id = user.Email, name = "keepers" });
        Assert.Equal("keepers", Only((await person.AskAsync("getMe")).Body, "roles").GetProperty("name").GetString());
        Assert.Equal(user.Id, Only((await _admin.AskAsync("listRoleMembers", new { id })).Body).GetProperty("id").GetInt64());
        await _admin.AskAsync("takeRole", new { id = user.Email, name = "keepers" });
        Assert.Empty((await person.AskAsync("getMe")).Body.GetProperty("roles").EnumerateArray());

        Assert.Equal(id, Only((await _admin.AskAsync("listRoles", new { q = "keep" })).Body).GetProperty("id").ToString());
        await _admin.AskAsync("deleteRole", new { id });
        await _admin.AskAsync("getRole", new { id }, HttpStatusCode.NotFound);
    }

    private async Task SessionsOfOthersEndAsync()
    {
        var user = await Host.CreateUserAsync();
        var (first, second) = (await ProgramOfAsync(user), await ProgramOfAsync(user));
        var id = await OwnSessionAsync(first);

        Assert.Equal(user.Id, (await _admin.AskAsync("getSession", new { id })).Body.GetProperty("user").GetInt64());
        await _admin.AskAsync("endAnySession", new { id });
        await IsOutAsync(first);
        Assert.Equal(await OwnSessionAsync(second), Only((await _admin.AskAsync("listAllSessions", new { user = user.Email })).Body).GetProperty("id").GetString());
        await _admin.AskAsync("endMatchingSessions", new { user = user.Email });
        await IsOutAsync(second);
    }

    private async Task DomainsAreLabelledAsync()
    {
        const string Name = "physics.example";
        await _admin.AskAsync("createDomain", new { name = Name }, HttpStatusCode.Created);
        var category = (await _admin.AskAsync("addDomainCategory", new { name = "institute" }, HttpStatusCode.Created)).Body.GetProperty("id").GetInt64();
        var university = (await _admin.AskAsync("addOrganisation", new { name = "University" }, HttpStatusCode.Created)).Body.GetProperty("id").GetInt64();
        var organisation = (await _admin.AskAsync("addOrganisation", new { name = "Physics" }, HttpStatusCode.Created)).Body.GetProperty("id").GetInt64();
        await _admin.AskAsync("replaceOrganisation", new { id = organisation, name = "Astronomy", parent = university });
        var tree = (await _admin.AskAsync("listOrganisations")).Body.GetProperty("results").EnumerateArray().Select(found => string.Join('/', found.GetProperty("path").EnumerateArray()));
        Assert.Contains("University/Astronomy", tree);

        await _admin.AskAsync("changeDomain", new { name = Name, status = "moderated", category, organisation });
        var listed = Only((await _admin.AskAsync("listDomains", new { status = "moderated", category, organisation })).Body);
        Assert.Equal(Name, listed.GetProperty("name").GetString());

        await _admin.AskAsync("deleteOrganisation", new { id = organisation });
        await _admin.AskAsync("deleteDomainCategory", new { id = category });
        Assert.DoesNotContain(category, (await _admin.AskAsync("listDomainCategories")).Body.GetProperty("results").EnumerateArray().Select(found => found.GetProperty("id").GetInt64()));
        var bare = (await _admin.AskAsync("getDomain", new { name = Name })).Body;
        Assert.All(["category", "organisation"], label => Assert.Equal(JsonValueKind.Null, bare.GetProperty(label).ValueKind));
        await _admin.AskAsync("deleteDomain", new { name = Name });
        await _admin.AskAsync("getDomain", new { name = Name }, HttpStatusCode.NotFound);
    }

    private async Task MailsAreTriedAndDroppedAsync()
    {
        var user = await Host.CreateUserAsync();
        await _admin.AskAsync("sendPasswordReset", new { id = user.Email }, HttpStatusCode.Accepted);
        var id = Only((await _admin.AskAsync("listMails", new { q = user.Email })).Body).GetProperty("id").GetInt64();
        await FailedAsync(id);

        var waits = (await _admin.AskAsync("getMail", new { id })).Body;
        var tried = (await _admin.AskAsync("retryMail", new { id })).Body;
        Assert.True(tried.GetProperty("due").GetDateTimeOffset() < waits.GetProperty("due").GetDateTimeOffset());
        await _admin.AskAsync("dropMail", new { id });
        Assert.Equal("givenup", (await _admin.AskAsync("getMail", new { id })).Body.GetProperty("state").GetString());
        await _admin.AskAsync("retryMail", new { id }, HttpStatusCode.BadRequest);
    }

    private async Task EventsTellAsync()
    {
        var user = await Host.CreateUserAsync();
        await _admin.AskAsync("blockUser", new { id = user.Email, reason = "To be seen in the log." });

        var listed = Only((await _admin.AskAsync("listAllEvents", new { q = user.Email, kind = "blocked" })).Body);
        var told = (await _admin.AskAsync("getEvent", new { id = listed.GetProperty("id").GetInt64() })).Body;
        Assert.Equal(listed.GetRawText(), told.GetRawText());
        Assert.Equal("To be seen in the log.", told.GetProperty("details").GetProperty("reason").GetString());
    }

    /// <summary>As if the mail server had refused it once: it is tried again in an hour.</summary>
    private Task<int> FailedAsync(long mailId)
    {
        var due = Host.Get<TimeProvider>().GetUtcNow().AddHours(1);
        return Host.QueryAsync(context => context.OutboxMails.Where(mail => mail.Id == mailId).ExecuteUpdateAsync(
            row => row.SetProperty(mail => mail.State, OutboxMailState.Retrying).SetProperty(mail => mail.Attempts, 1).SetProperty(mail => mail.DueAt, due),
            TestContext.Current.CancellationToken));
    }
}

using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

// As whom an administrator may act, and what keeps them from it.
public sealed partial class ImpersonationTests
{
    [Fact]
    public async Task Neither_oneself_nor_another_administrator_nor_who_could_not_sign_in_nor_without_a_reason()
    {
        var colleague = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var inactive = await _host.CreateUserAsync(isActive: false);
        var unconfirmed = await _host.CreateUserAsync(isConfirmed: false);
        var users = _host.Get<IUserAdmin>();
        await users.InviteAsync(new Invitation { Email = "invited@example.org" }, Operator.CommandLine, Token);
        var invited = (await users.FindAsync("invited@example.org", Token))!.Id;
        foreach (var (user, why) in new[]
        {
            (_admin.Id, "This is you already."),
            (colleague.Id, "another administrator"),
            (inactive.Id, "They may not sign in"),
            (unconfirmed.Id, "Their address is not confirmed"),
            (invited, "They have nothing to sign in with yet"),
        })
        {
            Assert.DoesNotContain("Act as ", await _browser.GetStringAsync($"/admin/users/{user}", Token), StringComparison.Ordinal);
            Assert.Contains(why, await _browser.GetStringAsync($"/admin/impersonate/{user}", Token), StringComparison.Ordinal);
            // The page has no form then; a form of another page is refused as well.
            using var answer = await PortalHost.PostFormAsync(
                _browser, $"/admin/impersonate/{_person.Id}", "/admin/impersonate", [new("user", $"{user}"), new("reason", "none")], Token);
            Assert.EndsWith("?refused=true", answer.LeadsTo(), StringComparison.Ordinal);
        }

        Assert.Contains("Act as ", await _browser.GetStringAsync($"/admin/users/{_person.Id}", Token), StringComparison.Ordinal);

        using var silent = await _browser.ActAsAsync(_person, reason: " ");
        Assert.EndsWith("?refused=true", silent.LeadsTo(), StringComparison.Ordinal);
        Assert.Equal(_own, await _host.IdAsync(_browser));
        Assert.Equal(1, await _host.QueryAsync(context => context.Sessions.CountAsync(Token)));
    }

    [Fact]
    public async Task Whose_address_need_not_be_confirmed_can_be_acted_as_without_that()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:RequireConfirmedEmail"] = "false");
        var person = await host.CreateUserAsync(isConfirmed: false);
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync(roles: RoleNames.Administrator));

        using var answer = await browser.ActAsAsync(person);

        Assert.Equal("/account", answer.LeadsTo());
    }
}

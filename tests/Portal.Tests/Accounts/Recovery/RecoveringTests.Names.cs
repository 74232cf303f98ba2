using Microsoft.EntityFrameworkCore;
using Portal.Testing;

namespace Portal.Tests.Accounts.Recovery;

/// <summary>Asking by username.</summary>
public sealed partial class RecoveringTests
{
    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_username_will_do_and_is_answered_alike_whether_or_not_it_is_known()
    {
        var named = await _host.CreateUserAsync(userName: "herons");
        List<(string Answer, int Links, int Mails)> answers = [];
        foreach (var name in new[] { "Herons", "nobody-of-this-name" })
        {
            var before = await RowsAsync();
            using var page = await PortalHost.PostFormAsync(_host.CreateClient(), "/forgot-password", "forgot-password", [new("Input.Email", name)], Token);
            var after = await RowsAsync();
            answers.Add(($"{page.StatusCode} {await page.ComparableAsync()}", after.Links - before.Links, after.Mails - before.Mails));
        }

        Assert.Single(answers.Distinct());
        Assert.NotNull(CaughtLink(await _host.Mails.WaitForAsync(named.Email, "password", Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task Both_names_of_a_person_together_get_three_links_an_hour_and_no_answer_tells_that_they_are_one()
    {
        var named = await _host.CreateUserAsync(userName: "kingfisher");
        foreach (var login in new[] { "kingfisher", "kingfisher", named.Email, named.Email })
        {
            await AskAsync(_host.CreateClient(), login);
        }

        Assert.Equal(3, await _host.QueryAsync(context => context.OutboxMails.CountAsync(mail => mail.Kind == "ResetPassword", Token)));
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Mails;
using Portal.Tests.Accounts.Mail;

namespace Portal.Tests.Web.Mails;

public sealed class MailsModuleTests
{
    // A site's own registrations come before the letters.
    [Fact]
    public async Task The_renderer_of_a_site_is_asked_and_the_portals_own_stays_in_its_reach()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton<IMailRenderer, FakeMailRenderer>();
        builder.Services.AddMails();
        await using var application = builder.Build();

        Assert.IsType<FakeMailRenderer>(application.Services.GetRequiredService<IMailRenderer>());
        Assert.IsType<RazorMailRenderer>(application.Services.GetRequiredKeyedService<IMailRenderer>(AccountsModule.Shipped));
    }
}

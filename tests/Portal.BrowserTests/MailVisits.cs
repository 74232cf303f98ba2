using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Tests.Web.Mails;

namespace Portal.BrowserTests;

/// <summary>Every letter in every language, as a mail program with a browser inside shows it.</summary>
public abstract class MailVisits(BrowserAndPortal shared) : BrowserTest(shared)
{
    // So long that it must break, and without a place to.
    private const string LongName = "Anastasia-Maximiliana-Wilhelmine-von-und-zu-Hohenlohe";

    public static TheoryData<string> Kinds => [.. SampleMails.All().Select(mail => mail.GetType().Name)];

    public static TheoryData<string> Languages => [.. SiteLanguages.All.Select(language => language.Tag)];

    protected async Task<IPage> OpenAsync(string kind, string language)
    {
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await ShowAsync(tab, kind, language);
        return tab;
    }

    protected async Task ShowAsync(IPage tab, string kind, string language)
    {
        var mail = SampleMails.All(LongName, language, "America/Argentina/Buenos_Aires").Single(mail => mail.GetType().Name == kind);
        var rendered = await Host.Services.GetRequiredService<IMailRenderer>().RenderAsync(mail, Cancel);
        await tab.SetContentAsync(rendered.Html);
    }
}

using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Mails;

namespace Portal.Tests.Web.Mails;

public sealed class RazorMailRendererTests : IAsyncDisposable
{
    private readonly WebApplication application = Application();

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Fact]
    public void Every_kind_of_mail_has_a_sample_here() =>
        Assert.Equal(
            typeof(AccountMail).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(AccountMail))).Select(type => type.Name).Order(),
            SampleMails.All().Select(mail => mail.GetType().Name).Order());

    [Fact]
    public async Task Every_mail_names_the_site_the_person_and_why_it_came_in_both_forms()
    {
        foreach (var mail in SampleMails.All())
        {
            var rendered = await RenderAsync(mail);
            Assert.Contains("Nord & Süd", rendered.Subject, StringComparison.Ordinal);
            foreach (var body in new[] { Flat(rendered.Text), Flat(new HtmlParser().ParseDocument(rendered.Html).Body!.TextContent) })
            {
                Assert.Contains("Hello Ana,", body, StringComparison.Ordinal);
                Assert.Contains("Nord & Süd", body, StringComparison.Ordinal);
                Assert.Contains("You get this mail because ana@example.org", body, StringComparison.Ordinal);
                Assert.Contains("If that was not you", body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_mail_has_one_button_and_its_link_as_text()
    {
        foreach (var mail in SampleMails.All())
        {
            var rendered = await RenderAsync(mail);
            var page = new HtmlParser().ParseDocument(rendered.Html);
            var button = Assert.Single(page.QuerySelectorAll(".button a"));
            var url = button.GetAttribute("href")!;
            Assert.Equal(url, page.QuerySelector("a.link")!.TextContent);
            Assert.Contains(url, rendered.Text.Split('\n'));
        }
    }

    [Fact]
    public async Task Opening_a_mail_fetches_nothing()
    {
        foreach (var mail in SampleMails.All())
        {
            var html = (await RenderAsync(mail)).Html;
            Assert.Empty(new HtmlParser().ParseDocument(html).QuerySelectorAll("img,script,link,iframe,object,[src],[background]"));
            Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_hostile_name_is_encoded_in_html_and_plain_in_text()
    {
        const string Hostile = "<b onclick=\"x\">Ana</b> & 'Co'";
        foreach (var mail in SampleMails.All(Hostile))
        {
            var rendered = await RenderAsync(mail);
            var page = new HtmlParser().ParseDocument(rendered.Html);
            Assert.Empty(page.QuerySelectorAll("b"));
            Assert.Contains($"Hello {Hostile},", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Contains($"Hello {Hostile},", rendered.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_cannot_begin_a_line_of_its_own()
    {
        foreach (var mail in SampleMails.All("Ana\r\n\r\nYour account is closed"))
        {
            Assert.StartsWith("Hello Ana Your account is closed,\n\n", (await RenderAsync(mail)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Times_say_their_zone()
    {
        var text = Flat((await RenderAsync(SampleMails.All().OfType<AccountMail.ConfirmEmail>().Single())).Text);

        Assert.Contains("until 23 November 2026 at 18:30 UTC.", text, StringComparison.Ordinal);
    }

    // As in the application: the framework's parts are scoped, and Development checks that they come from a scope.
    private static WebApplication Application()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Services.AddRazorComponents();
        builder.Services.AddMails();
        builder.Services.Configure<PortalOptions>(portal => portal.SiteName = "Nord & Süd");
        return builder.Build();
    }

    private Task<RenderedMail> RenderAsync(AccountMail mail) =>
        application.Services.GetRequiredService<IMailRenderer>().RenderAsync(mail, TestContext.Current.CancellationToken);

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Mails;
using Portal.Shell;

namespace Portal.Tests.Web.Mails;

public sealed class RazorMailRendererTests : IAsyncDisposable
{
    private const string Site = "Nord & Süd";

    private readonly WebApplication application = Application();

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Theory]
    [MemberData(nameof(LettersTests.Languages), MemberType = typeof(LettersTests))]
    public async Task Both_forms_say_every_word_of_the_letter(string language)
    {
        foreach (var mail in SampleMails.All(language: language))
        {
            var letter = Letters.For(mail, Site);
            var rendered = await RenderAsync(mail);
            Assert.Equal(letter.Subject, rendered.Subject);
            string[] words =
            [
                letter.Greeting, .. letter.Opening, .. letter.Facts.Select(fact => fact.Value), letter.Action!.Label, .. letter.Closing,
                letter.NotYou, letter.Why, .. new[] { letter.Next, letter.Second?.Label }.OfType<string>(),
            ];
            foreach (var body in new[] { Flat(rendered.Text), Flat(new HtmlParser().ParseDocument(rendered.Html).Body!.TextContent) })
            {
                Assert.All(words, sentence => Assert.Contains(Flat(sentence), body, StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [MemberData(nameof(LettersTests.Languages), MemberType = typeof(LettersTests))]
    public async Task The_html_is_valid_and_says_its_language(string language)
    {
        foreach (var mail in SampleMails.All(language: language))
        {
            // Strict: the first error is thrown.
            var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument((await RenderAsync(mail)).Html);

            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        }
    }

    [Theory]
    [MemberData(nameof(LettersTests.Languages), MemberType = typeof(LettersTests))]
    public async Task The_text_holds_no_markup_no_long_line_and_its_action_once(string language)
    {
        foreach (var mail in SampleMails.All(language: language))
        {
            var lines = (await RenderAsync(mail)).Text.Split('\n');

            Assert.Single(lines, line => line == Letters.For(mail, Site).Action!.Url);
            Assert.All(lines, line => Assert.DoesNotMatch("</?[a-z]|&[a-z#0-9]+;", line));
            Assert.All(lines, line => Assert.True(line.Length <= 72 || line.StartsWith("https://", StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public async Task The_letters_wear_the_colours_of_the_site()
    {
        var html = (await RenderAsync(SampleMails.Of<AccountMail.NewDevice>())).Html;
        var colours = typeof(PortalPalette).GetProperties()
            .Where(colour => colour.PropertyType == typeof(string))
            .SelectMany(colour => new[] { (string)colour.GetValue(PortalTheme.Light)!, (string)colour.GetValue(PortalTheme.Dark)! });

        var worn = Regex.Matches(html, "#[0-9a-f]{6}").Select(match => match.Value).Distinct().ToList();

        Assert.Contains(PortalTheme.Light.Accent, worn);
        Assert.Contains(PortalTheme.Dark.Accent, worn);
        Assert.Empty(worn.Except(colours));
    }

    [Fact]
    public async Task A_letter_without_an_action_has_no_button()
    {
        var rendered = await RenderAsync(SampleMails.Of<AccountMail.PasswordChanged>() with { RecoveryUrl = null });

        Assert.Empty(new HtmlParser().ParseDocument(rendered.Html).QuerySelectorAll("a"));
        Assert.DoesNotContain("http", rendered.Text, StringComparison.Ordinal);
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

    // As in the application: the framework's parts are scoped, and Development checks that they come from a scope.
    private static WebApplication Application()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Services.AddRazorComponents();
        builder.Services.AddMails();
        builder.Services.Configure<PortalOptions>(portal => portal.SiteName = Site);
        return builder.Build();
    }

    private Task<RenderedMail> RenderAsync(AccountMail mail) =>
        application.Services.GetRequiredService<IMailRenderer>().RenderAsync(mail, TestContext.Current.CancellationToken);

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

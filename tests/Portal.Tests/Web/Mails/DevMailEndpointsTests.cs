using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using Portal.Accounts.Mail;
using Portal.Mails;

namespace Portal.Tests.Web.Mails;

public sealed class DevMailEndpointsTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-dev-mail-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Pickup => Path.Combine(folder, "mail");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Pickup);
        Write("20261123T180000000-000001-00000000.eml", "First", "<head></head><a href=\"https://portal.example/a\">a</a>");
        Write("20261123T180001000-000002-00000000.eml", "<i>Second</i>", "<head></head><script>alert(1)</script>");
        File.WriteAllText(Path.Combine(folder, "secret.eml"), "From: a\r\nContent-Type: text/html\r\n\r\nsecret");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_newest_mail_comes_first_with_its_links_to_click()
    {
        await using var app = await StartAsync("Development");

        var page = new HtmlParser().ParseDocument(await app.GetTestClient().GetStringAsync("/dev/mail", Cancelled));

        Assert.Equal(["<i>Second</i>", "First"], page.QuerySelectorAll("summary strong").Select(subject => subject.TextContent));
        Assert.Equal("https://portal.example/confirm-email#secret", page.QuerySelector("details li a")!.GetAttribute("href"));
        Assert.All(page.QuerySelectorAll("iframe"), frame => Assert.DoesNotContain("allow-s", frame.GetAttribute("sandbox"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mails_html_runs_no_script_and_only_this_site_may_frame_it()
    {
        await using var app = await StartAsync("Development");

        var response = await app.GetTestClient().GetAsync("/dev/mail/20261123T180001000-000002-00000000.eml/html", Cancelled);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox allow-popups", policy, StringComparison.Ordinal);
        Assert.Contains("<base target=\"_top\">", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/mail/..%2Fsecret.eml/html")]
    [InlineData("/dev/mail/%2e%2e%5csecret.eml/html")]
    [InlineData("/dev/mail/missing.eml/html")]
    public async Task A_name_leads_nowhere_but_into_the_folder(string path)
    {
        await using var app = await StartAsync("Development");

        Assert.Equal(HttpStatusCode.NotFound, (await app.GetTestClient().GetAsync(path, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task An_empty_folder_says_how_to_get_a_mail()
    {
        Directory.Delete(Pickup, recursive: true);
        await using var app = await StartAsync("Development");

        Assert.Contains("No mail has been written yet", await app.GetTestClient().GetStringAsync("/dev/mail", Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Outside_development_there_is_no_such_page(string environment)
    {
        await using var app = await StartAsync(environment);

        Assert.Equal(HttpStatusCode.NotFound, (await app.GetTestClient().GetAsync("/dev/mail", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.GetTestClient().GetAsync("/dev/mail/20261123T180000000-000001-00000000.eml/html", Cancelled)).StatusCode);
    }

    private async Task<WebApplication> StartAsync(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder));
        builder.Services.AddSingleton<IPickupFolder>(new Folder(Pickup));
        var app = builder.Build();
        app.MapDevMail();
        await app.StartAsync(Cancelled);
        return app;
    }

    private void Write(string file, string subject, string html)
    {
        var body = new BodyBuilder { TextBody = "Hello,\nhttps://portal.example/confirm-email#secret\n", HtmlBody = html }.ToMessageBody();
        using var message = new MimeMessage([MailboxAddress.Parse("no-reply@localhost")], [MailboxAddress.Parse("ana@example.org")], subject, body);
        message.WriteTo(Path.Combine(Pickup, file), Cancelled);
    }

    private sealed record Folder(string Path) : IPickupFolder;
}

using System.IO.Compression;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Portal.Tests.Web.Shell;

public sealed class ShellTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_static_page_loads_our_own_few_files_only()
    {
        await using var host = await ShellHost.StartAsync();

        var page = await GetAsync(host, "/trial/card");

        Assert.Equal(["/theme.css", "/portal.css"], page.QuerySelectorAll<IHtmlLinkElement>("link[rel=stylesheet]").Select(link => Plain(link.GetAttribute("href")!)));
        Assert.Equal(["/portal.js"], page.Scripts.Select(script => Plain(script.GetAttribute("src")!)));
        Assert.Null(page.QuerySelector("base"));
        Assert.NotNull(page.QuerySelector("main.card h1"));
        Assert.Equal("Sign in · Kiosk", page.Title);
    }

    [Fact]
    public async Task An_interactive_page_loads_what_its_circuit_needs()
    {
        await using var host = await ShellHost.StartAsync("ana@example.org");

        var page = await GetAsync(host, "/trial/live");

        Assert.Equal(["/portal.js", "/drafts.js", "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.js", "/live.js"], page.Scripts.Select(script => Plain(script.GetAttribute("src")!)));
        Assert.Equal("/", page.QuerySelector("base")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("#components-reconnect-modal"));
        Assert.DoesNotContain("mud-theme-provider", page.Source.Text);
    }

    [Fact]
    public async Task A_static_page_weighs_less_than_60_kB_in_all()
    {
        await using var host = await ShellHost.StartAsync();
        var page = await GetAsync(host, "/trial/card");

        string[] parts = ["/trial/card", .. page.QuerySelectorAll("link[href], script[src]").Select(part => (part.GetAttribute("href") ?? part.GetAttribute("src"))!)];
        var size = 0;
        foreach (var part in parts)
        {
            var bytes = await host.Client.GetByteArrayAsync(part, Token);
            Assert.NotEmpty(bytes);
            size += Compressed(bytes);
        }

        Assert.True(size < 60_000, $"{size} bytes");
    }

    [Fact]
    public async Task A_form_posts_binds_and_keeps_the_password_to_itself()
    {
        await using var host = await ShellHost.StartAsync();

        var page = await PostAsync(host, "/trial/card", "main form", ("Input.Login", "ana"), ("Input.Password", "a secret of mine"), ("Input.RememberMe", "true"), ("Input.RememberMe", "false"));

        Assert.Equal("ana|16|True", page.QuerySelector("output")!.TextContent);
        Assert.DoesNotContain("a secret of mine", page.Source.Text);
    }

    [Fact]
    public async Task An_empty_box_binds_to_false_and_an_empty_form_keeps_what_was_typed()
    {
        await using var host = await ShellHost.StartAsync();

        var page = await PostAsync(host, "/trial/card", "main form", ("Input.Login", "ana"), ("Input.Password", ""), ("Input.RememberMe", "false"));

        Assert.Equal("ana", page.QuerySelector("[name='Input.Login']")!.GetAttribute("value"));
        Assert.False(page.QuerySelector("[type=checkbox]")!.HasAttribute("checked"));
        Assert.Equal("/trial/card#Input_Password", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("/trial/card")]
    [InlineData("/trial/live")]
    [InlineData("/nowhere")]
    public async Task Signing_out_is_one_post_away_on_every_page(string path)
    {
        await using var host = await ShellHost.StartAsync("ana@example.org");

        var page = await GetAsync(host, path);

        var form = Assert.Single(page.QuerySelectorAll<IHtmlFormElement>("form[action='/logout']"));
        Assert.Equal("post", form.Method);
        Assert.NotNull(form.QuerySelector("[name=__RequestVerificationToken]"));
        Assert.Equal("Sign out", form.QuerySelector("button")!.TextContent.Trim());
        Assert.Null(form.Closest("details"));
    }

    [Fact]
    public async Task A_visitor_is_offered_no_way_out()
    {
        await using var host = await ShellHost.StartAsync();

        Assert.Null((await GetAsync(host, "/trial/card")).QuerySelector("form[action='/logout']"));
    }

    [Fact]
    public async Task An_address_without_a_page_is_explained()
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.Client.GetAsync("/nowhere?a=1", Token);
        var page = await ParseAsync(answer);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Page not found", page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/nowhere?a=1", page.QuerySelector("[name=returnUrl]")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("/trial/card")]
    [InlineData("/theme")]
    public async Task A_post_without_a_token_is_refused_in_words(string path)
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.Client.PostAsync(path, new FormUrlEncodedContent([new("_handler", "trial"), new("theme", "dark")]), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("This form could not be used", (await ParseAsync(answer)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_fault_is_explained_without_its_details()
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.Client.GetAsync("/trial/broken", Token);
        var page = await ParseAsync(answer);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("Something went wrong", page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector("code")!.TextContent);
        Assert.DoesNotContain("Broken on purpose", page.Source.Text);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Programs_get_no_page()
    {
        await using var host = await ShellHost.StartAsync();

        Assert.Empty(await (await host.Client.GetAsync("/api/nowhere", Token)).Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("/trial/card", false)]
    [InlineData("/trial/live", true)]
    public async Task Only_an_interactive_page_is_merged_into_another(string path, bool merged)
    {
        await using var host = await ShellHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html; blazor-enhanced-nav=on");

        using var answer = await host.Client.SendAsync(request, Token);

        Assert.Equal(merged, answer.Headers.Contains("blazor-enhanced-nav"));
    }

    [Theory]
    [InlineData("/trial/card")]
    [InlineData("/trial/live")]
    [InlineData("/nowhere")]
    [InlineData("/theme.css")]
    [InlineData("/favicon.svg")]
    [Trait("ASVS", "3.4.3")]
    public async Task Every_answer_carries_the_protective_headers(string path)
    {
        await using var host = await ShellHost.StartAsync();

        using var answer = await host.Client.GetAsync(path, Token);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("/trial/card")]
    [InlineData("/trial/live")]
    [Trait("ASVS", "14.3.2")]
    public async Task A_page_is_kept_by_nobody(string path)
    {
        await using var host = await ShellHost.StartAsync();

        Assert.Equal("no-store", (await host.Client.GetAsync(path, Token)).Headers.CacheControl!.ToString());
    }

    [Fact]
    [Trait("ASVS", "3.4.1")]
    public async Task Browsers_are_held_to_HTTPS_for_a_year_where_the_site_is_reached_by_it()
    {
        await using var host = await ShellHost.StartAsync(publicUrl: "https://portal.example");

        Assert.Equal("max-age=31536000", Assert.Single((await host.Client.GetAsync("/trial/card", Token)).Headers.GetValues("Strict-Transport-Security")));
    }

    private static async Task<IHtmlDocument> GetAsync(ShellHost host, string path)
    {
        using var answer = await host.Client.GetAsync(path, Token);
        return await ParseAsync(answer);
    }

    private static async Task<IHtmlDocument> PostAsync(ShellHost host, string path, string form, params (string Name, string Value)[] fields)
    {
        using var answer = await host.PostAsync(path, form, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await ParseAsync(answer);
    }

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Token));

    // Without the fingerprint or version that changes with every edit.
    private static string Plain(string href)
    {
        var path = href.Split('?')[0];
        var name = path[(path.LastIndexOf('/') + 1)..].Split('.');
        return name is [.. var start, { Length: 10 }, var end] ? $"{path[..(path.LastIndexOf('/') + 1)]}{string.Join('.', start)}.{end}" : path;
    }

    private static int Compressed(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return (int)target.Length;
    }
}

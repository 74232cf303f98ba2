using System.Net;
using System.Text.RegularExpressions;
using Portal.Testing;

namespace Portal.Benchmarks.Servers;

/// <summary>The stock template as a server with one person, who registered by its own forms.</summary>
internal static partial class StockSite
{
    private const string Email = "person@example.org";
    private const string Password = "Lanterns-drift-0ver-Utrecht";

    /// <param name="build">The published template.</param>
    /// <param name="checksEachRequest">Whether it looks the user up on each request instead of every 30 minutes.</param>
    /// <param name="isObserved">Whether the server can be asked for its processor time and memory.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Site> StartAsync(Build build, bool checksEachRequest, bool isObserved, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("stock-benchmarks-").FullName;
        try
        {
            // Its database comes with the template, migrations applied.
            File.Copy(Path.Combine(build.Folder, "Data", "app.db"), Path.Combine(data, "app.db"));
            var server = await StartAsync(build, data, checksEachRequest, isObserved, cancellationToken);
            var cookie = await SignInAsync(server.BaseAddress, cancellationToken);
            return new Site(checksEachRequest ? "stockCheckingEachRequest" : "stock", server, SitePaths.Stock, [cookie], data);
        }
        catch
        {
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    /// <summary>Starts the server on a folder that is ready.</summary>
    public static Task<ServerProcess> StartAsync(Build build, string data, bool checksEachRequest, bool isObserved, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:DefaultConnection"] = $"DataSource={Path.Combine(data, "app.db")};Cache=Shared",
            [StockTemplate.CheckEachRequest] = checksEachRequest ? "true" : "false",
        };
        return ServerProcess.StartAsync(build, ServerProcess.FreeAddress(), settings, SitePaths.Stock.SignIn, isObserved, cancellationToken);
    }

    private static async Task<string> SignInAsync(Uri site, CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false }) { BaseAddress = site };
        var registered = await PostAsync(browser, "/Account/Register", "register", [("Input.Email", Email), ("Input.Password", Password), ("Input.ConfirmPassword", Password)], cancellationToken);
        // Without a sender of mails it shows the link that it would have sent.
        var link = Confirmation().Match(registered).Groups["link"].Value;
        using var confirmed = await browser.GetAsync(WebUtility.HtmlDecode(link), cancellationToken);
        confirmed.EnsureSuccessStatusCode();
        await PostAsync(browser, SitePaths.Stock.SignIn, "login", [("Input.Email", Email), ("Input.Password", Password)], cancellationToken);
        return cookies.GetCookies(site).Any(cookie => cookie.Name.Contains("Identity", StringComparison.Ordinal))
            ? cookies.GetCookieHeader(site)
            : throw new InvalidOperationException("The stock template let nobody in.");
    }

    private static async Task<string> PostAsync(
        HttpClient browser, string path, string form, IEnumerable<(string Name, string Value)> typed, CancellationToken cancellationToken)
    {
        var opened = StaticForm.Of(await browser.GetStringAsync(path, cancellationToken), form);
        foreach (var (name, value) in typed)
        {
            opened.With(name, value);
        }

        using var answer = await browser.PostAsync(opened.Action ?? path, opened.ToContent(), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    [GeneratedRegex("href=\"(?<link>[^\"]*/Account/ConfirmEmail\\?[^\"]+)\"")]
    private static partial Regex Confirmation();
}

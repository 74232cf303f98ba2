using System.Globalization;
using System.Runtime.InteropServices;
using Portal.Accounts;
using Portal.Accounts.Passwords;
using Portal.Testing;

namespace Portal.Benchmarks.Servers;

/// <summary>The portal as it is published.</summary>
internal static class PortalSite
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The address of a seeded person, counted from zero.</summary>
    public static string EmailOf(int person) => FormattableString.Invariant($"person{person}@example.org");

    /// <summary>Publishes it for this kind of machine, as the README advises.</summary>
    public static Task<Build> PublishAsync(CancellationToken cancellationToken) => Build.PublishAsync(
        Path.Combine(Root, "src", "Portal", "Portal.csproj"),
        Path.Combine(Build.Kept, "portal"),
        ["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false"],
        cancellationToken);

    /// <summary>Makes people, each signed in once, in a folder of their own; then starts the server on it.</summary>
    /// <param name="build">The published portal.</param>
    /// <param name="people">How many.</param>
    /// <param name="isObserved">Whether the server can be asked for its processor time and memory.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="areHashesReal">Whether passwords are hashed as shipped, because somebody will sign in by them; else cheaply.</param>
    public static async Task<Site> StartAsync(Build build, int people, bool isObserved, CancellationToken cancellationToken, bool areHashesReal = false)
    {
        var data = Directory.CreateTempSubdirectory("portal-benchmarks-").FullName;
        try
        {
            var cookies = await SeedAsync(data, people, areHashesReal);
            return new Site("portal", await StartAsync(build, data, isObserved, cancellationToken), SitePaths.Portal, cookies, data);
        }
        catch
        {
            Directory.Delete(data, recursive: true);
            throw;
        }
    }

    /// <summary>Starts the server on a folder that is ready.</summary>
    public static Task<ServerProcess> StartAsync(Build build, string data, bool isObserved, CancellationToken cancellationToken)
    {
        var address = ServerProcess.FreeAddress();
        var settings = new Dictionary<string, string> { ["Portal:DataDirectory"] = data, ["Portal:PublicUrl"] = address.GetLeftPart(UriPartial.Authority) };
        return ServerProcess.StartAsync(build, address, settings, PortalUrls.SignInPath, isObserved, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> SeedAsync(string data, int people, bool areHashesReal)
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            (options.DataDirectory, options.UseRealClock) = (data, true);
            if (areHashesReal)
            {
                options.Settings["Passwords:Iterations"] = new PasswordsOptions().Iterations.ToString(CultureInfo.InvariantCulture);
            }
        });
        // Without an administrator every start would make a link for the first one.
        await host.CreateUserAsync(email: "admin@example.org", roles: RoleNames.Administrator);
        List<string> cookies = [];
        for (var person = 0; person < people; person++)
        {
            using var client = await host.BeginSessionAsync(await host.CreateUserAsync(email: EmailOf(person)));
            cookies.Add(host.CookiesOf(client).GetCookieHeader(host.BaseAddress));
        }

        return cookies;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The drivers run inside the source tree.");
        }

        return folder.FullName;
    }
}

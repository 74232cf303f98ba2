using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;

namespace Portal.Tests.Accounts;

/// <summary>Database, keys and mails are nobody's but the portal's. On Windows a folder has the rights of the one it lies in.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Warnings => _log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("data directory", StringComparison.Ordinal));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_portal_makes_for_its_data_is_closed_to_others()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are Unix's.");
        var data = Path.Combine(_folder.Path, "new", "data");

        await using (var host = await StartAsync(data))
        {
            using var browser = host.CreateClient();
            await PortalHost.PostFormAsync(browser, "/register", "register",
                [new("Input.Email", "ana@example.org"), new("Input.Password", PortalHost.DefaultPassword), new("Input.ConfirmPassword", PortalHost.DefaultPassword)], Token);
            await host.Mails.WaitForAsync("ana@example.org", "", Token);
        }

        string[] folders = [data, .. Directory.GetDirectories(data, "*", SearchOption.AllDirectories)];
        Assert.Contains(Path.Combine(data, "keys"), folders);
        Assert.Contains(Path.Combine(data, "mail"), folders);
        Assert.All(folders, folder => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & Others));
        Assert.Empty(Warnings);
    }

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Development", false)]
    public async Task A_folder_that_others_can_read_stays_as_it_was_made_and_is_warned_of_in_production(string environment, bool isWarnedOf)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are Unix's.");
        var made = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(_folder.Path, made);

        await using (await StartAsync(_folder.Path, environment))
        {
            Assert.Equal(made, File.GetUnixFileMode(_folder.Path));
        }

        Assert.Equal(isWarnedOf ? 1 : 0, Warnings.Count());
        Assert.All(Warnings, warning => Assert.Contains($"{_folder.Path} (0750)", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_closed_folder_is_not_warned_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Modes are Unix's.");
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using (await StartAsync(_folder.Path))
        {
            Assert.Empty(Warnings);
        }
    }

    private Task<PortalHost> StartAsync(string data, string environment = "Production") => PortalHost.StartAsync(options =>
    {
        (options.DataDirectory, options.Environment) = (data, environment);
        options.Settings["Jwt:Key"] = "a key for tests that is long enough";
        options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(_log);
    });
}

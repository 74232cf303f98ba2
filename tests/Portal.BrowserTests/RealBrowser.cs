using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>Finds the Chrome, Chromium or Edge of this machine. Nothing is ever downloaded.</summary>
internal static class RealBrowser
{
    /// <summary>The path of the browser to use; <see cref="None"/> does without, so that all these tests are skipped.</summary>
    public const string Variable = "PORTAL_BROWSER";

    public const string None = "none";

    // The shell first: it is the same browser without the windows and menus that nobody sees here, and a third quicker.
    private static readonly string[] Names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    private static readonly string[] Elsewhere =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        @"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Its path; null where there is none.</summary>
    /// <exception cref="FileNotFoundException">The variable names a file that is not there.</exception>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable) switch
    {
        None => null,
        { Length: > 0 } wanted => File.Exists(wanted) ? wanted : throw new FileNotFoundException($"{Variable} names a browser that is not there.", wanted),
        _ => OnPath().Concat(Elsewhere).FirstOrDefault(File.Exists),
    };

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, string path) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = path,
        // The sandbox refuses to work for root, and containers give shared memory sparingly.
        Args = Environment.UserName == "root" ? ["--no-sandbox", "--disable-dev-shm-usage"] : [],
    });

    private static IEnumerable<string> OnPath() =>
        from name in Names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin")
        where folder.Length > 0
        select Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
}

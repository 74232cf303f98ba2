namespace Portal.Tests.House;

/// <summary>The written files of the repository.</summary>
internal static class SourceTree
{
    private static readonly string[] Written = [".cs", ".razor", ".css", ".js"];

    public static string Root { get; } = Find();

    /// <summary>Every source file below a top-level folder, without what a build or a tool makes.</summary>
    public static IEnumerable<string> Files(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
        .Where(file => Written.Contains(Path.GetExtension(file)) && !IsMade(Path.GetRelativePath(Root, file)));

    /// <summary>Every document at the root and, likewise, of source and tests.</summary>
    public static IEnumerable<string> Documents =>
    [
        .. Directory.EnumerateFiles(Root, "*.md"),
        .. new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories))
            .Where(file => !IsMade(Path.GetRelativePath(Root, file))),
    ];

    private static bool IsMade(string path) => path.Split('/', '\\').Any(part => part is "bin" or "obj" or "Migrations");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the source tree.");
        }

        return folder.FullName;
    }
}

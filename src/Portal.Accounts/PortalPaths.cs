using Microsoft.Extensions.Options;

namespace Portal.Accounts;

/// <summary>Anchors every relative path of the settings, so that the working directory never matters.</summary>
/// <remarks>
/// <c>dotnet run --project</c> makes the project's folder the working directory and a service manager makes it anything;
/// so relative paths start at one root: the folder that holds <c>Portal.sln</c> above the binary in a source tree, else
/// the binary's own folder.
/// </remarks>
internal sealed class PortalPaths(IOptions<PortalOptions> options)
{
    // Read when it is asked for: options that need a path are set up before the portal's own are found wrong.
    public string DataDirectory => field ??= Rooted(options.Value.DataDirectory);

    /// <summary>A data directory of the settings, anchored at the root.</summary>
    public static string Rooted(string dataDirectory) => Path.GetFullPath(dataDirectory, Root());

    /// <summary>Whether nobody has said where the data directory lies.</summary>
    public bool IsUsual => options.Value.DataDirectory == new PortalOptions().DataDirectory;

    /// <summary>A path of the settings, anchored at the data directory; nothing is made.</summary>
    public string Anchored(string path) => Path.GetFullPath(path, DataDirectory);

    /// <summary>The same; its folder exists afterwards, closed to others if it is new.</summary>
    public string InData(string path)
    {
        // First, because folders on the way to one that is asked for need not be closed.
        MakeDataDirectory();
        var full = Anchored(path);
        OwnFolder.Create(Path.GetDirectoryName(full)!);
        return full;
    }

    private void MakeDataDirectory()
    {
        try
        {
            OwnFolder.Create(DataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{PortalOptionsValidator.Unusable(options.Value)} {exception.Message}", exception);
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}

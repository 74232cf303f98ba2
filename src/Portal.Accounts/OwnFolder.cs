namespace Portal.Accounts;

/// <summary>Folders that are the portal's alone.</summary>
internal static class OwnFolder
{
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes a folder that nobody but the portal's own user enters. One that is there stays as it is: whoever made it may
    /// have let a backup in. On Windows it has the rights of the folder it lies in.
    /// </summary>
    public static DirectoryInfo Create(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, Owners);

    /// <summary>The mode of a folder that other users of the machine may enter or list, else null; always null on Windows.</summary>
    public static UnixFileMode? OpenMode(string path) =>
        !OperatingSystem.IsWindows() && Directory.Exists(path) && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0 ? mode : null;
}

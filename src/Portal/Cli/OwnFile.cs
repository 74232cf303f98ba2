namespace Portal.Cli;

/// <summary>Files that verbs write: people's addresses and password hashes are in them, so nobody else may read them.</summary>
internal static class OwnFile
{
    /// <summary>Says what stands in the way of reading, before the system does in its own words.</summary>
    /// <exception cref="VerbFailureException">There is no such file, or it is a folder.</exception>
    public static void MustBeReadable(string path)
    {
        MustBeNoFolder(path);
        if (!File.Exists(path))
        {
            throw new VerbFailureException($"There is no file {path}.");
        }
    }

    /// <summary>Writes beside the file first: stopped half-way, no half file passes for a whole one.</summary>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        MustBeNoFolder(path);
        if (IsDevice(path))
        {
            throw new VerbFailureException($"{path} is a device, and would be replaced by a file; name another.");
        }

        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            throw new VerbFailureException($"There is no folder {folder} to write to.");
        }

        var unfinished = path + ".part";
        // One that is there may be somebody else's, or a link to it.
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            T written;
            await using (var output = new FileStream(unfinished, options))
            {
                written = await write(output);
            }

            File.Move(unfinished, path, overwrite: true);
            return written;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Whether a file of that name would take a device's place, as whoever runs containers as root may do. What is in shared memory is a file.</summary>
    private static bool IsDevice(string path) => !OperatingSystem.IsWindows()
        && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    private static void MustBeNoFolder(string path)
    {
        if (Directory.Exists(path))
        {
            throw new VerbFailureException($"{path} is a folder; name a file.");
        }
    }
}

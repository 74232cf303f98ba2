namespace Portal.Cli;

/// <summary>Files that verbs write: people's addresses and password hashes are in them, so nobody else may read them.</summary>
internal static class OwnFile
{
    /// <summary>Writes beside the file first: stopped half-way, no half file passes for a whole one.</summary>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
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
}

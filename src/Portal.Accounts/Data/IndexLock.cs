using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>
/// Who may move indexes out of the way and make them again, by an exclusive file beside a SQLite database, which the system
/// gives back with the process: so an import that is at work and one that was killed are told apart.
/// </summary>
internal sealed class IndexLock(IOptions<DatabaseOptions> options, SqliteFile file, PortalPaths paths)
{
    /// <summary>Null while another has it, where its file is another user's, and for a database that is no file. Dispose of it to give it back.</summary>
    public IDisposable? TryTake()
    {
        if (options.Value.Provider is not DatabaseProvider.Sqlite || file.Path is not { } database)
        {
            return null;
        }

        var path = paths.InData(database + ".import.lock");
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        }
        catch (Exception exception) when (File.Exists(path) && exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>
/// Who may move indexes out of the way and make them again, by an exclusive file beside a SQLite database, which the system
/// gives back with the process: so an import that is at work and one that was killed are told apart.
/// </summary>
internal sealed class IndexLock(IOptions<DatabaseOptions> options, SqliteFile file, PortalPaths paths)
{
    /// <summary>Whether there is a file for it to lie beside.</summary>
    public bool HasPlace => options.Value.Provider is DatabaseProvider.Sqlite && file.Path is not null;

    /// <summary>Null while another has it, where its file is another user's, and where it has no place. Dispose of it to give it back.</summary>
    public IDisposable? TryTake()
    {
        if (!HasPlace)
        {
            return null;
        }

        var path = paths.InData(file.Path + ".import.lock");
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

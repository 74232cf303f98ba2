using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>
/// Who imports, and may move indexes out of the way and make them again, by an exclusive file beside a SQLite database, which
/// the system gives back with the process: so an import that is at work and one that was killed are told apart. Whoever waits
/// to write meanwhile touches the file.
/// </summary>
internal sealed class ImportLock(IOptions<DatabaseOptions> options, SqliteFile file)
{
    private const string Suffix = ".import.lock";
    private const int Tries = 5;

    /// <summary>Whether there is a file for it to lie beside.</summary>
    public bool HasPlace => options.Value.Provider is DatabaseProvider.Sqlite && file.Path is not null;

    /// <summary>Tells whoever imports into a database that somebody waits to write.</summary>
    /// <param name="database">The path of the database's file.</param>
    public static void Touch(string database)
    {
        try
        {
            if (File.Exists(database + Suffix))
            {
                File.SetLastWriteTimeUtc(database + Suffix, TimeProvider.System.GetUtcNow().UtcDateTime);
            }
        }
        catch (Exception)
        {
            // Gone in this moment, or another user's: who imports has an end without being told. And SQLite, which waits, could not be told.
        }
    }

    /// <summary>Null while another has it, where its file is another user's, and where it has no place. Dispose of it to give it back.</summary>
    public Held? TryTake()
    {
        if (!HasPlace)
        {
            return null;
        }

        var path = file.Beside(Suffix);
        for (var triesLeft = Tries; ; triesLeft--)
        {
            try
            {
                return new Held(new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose }));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (File.Exists(path))
                {
                    return null;
                }

                // Not there any more: whoever had it gives it back in this moment. Or there is no place for it.
                if (triesLeft == 1)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>The lock, in the hands of one.</summary>
    public sealed class Held(FileStream stream) : IDisposable
    {
        private DateTime _touchedAt = File.GetLastWriteTimeUtc(stream.Name);

        /// <summary>Whether somebody came to wait, or waited on, since this was asked last.</summary>
        public bool IsAwaited()
        {
            var before = _touchedAt;
            _touchedAt = File.GetLastWriteTimeUtc(stream.Name);
            return _touchedAt != before;
        }

        public void Dispose() => stream.Dispose();
    }
}

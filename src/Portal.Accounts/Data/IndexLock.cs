namespace Portal.Accounts.Data;

/// <summary>
/// Who may move indexes out of the way and make them again, by an exclusive file beside the database, which the system gives
/// back with the process: so an import that is at work and one that was killed are told apart.
/// </summary>
internal sealed class IndexLock(PortalPaths paths)
{
    /// <summary>Null while another has it. Dispose of it to give it back.</summary>
    public IDisposable? TryTake()
    {
        var path = paths.InData("import.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}

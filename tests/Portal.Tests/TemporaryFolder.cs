namespace Portal.Tests;

/// <summary>A folder that outlives the hosts using it, and not the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("portal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

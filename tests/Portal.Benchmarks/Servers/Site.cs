namespace Portal.Benchmarks.Servers;

/// <summary>A running server under measurement, with people signed in.</summary>
/// <param name="Name">As the figures call it.</param>
/// <param name="Server">The process.</param>
/// <param name="Paths">Its pages of each kind.</param>
/// <param name="Cookies">The cookies of people who are signed in, each the value of a request's header.</param>
/// <param name="Data">The folder of what the server writes; goes with it.</param>
internal sealed record Site(string Name, ServerProcess Server, SitePaths Paths, IReadOnlyList<string> Cookies, string Data) : IAsyncDisposable
{
    public Uri At(string path) => new(Server.BaseAddress, path);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}

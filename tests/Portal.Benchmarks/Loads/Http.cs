namespace Portal.Benchmarks.Loads;

/// <summary>The client of all measurements: sends the cookies it is told to, follows nothing, takes answers as they come.</summary>
internal static class Http
{
    public static HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10) })
    {
        Timeout = TimeSpan.FromMinutes(5),
    };
}

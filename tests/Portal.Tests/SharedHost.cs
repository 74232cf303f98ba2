using Portal.Testing;

namespace Portal.Tests;

/// <summary>One portal for the tests of a class that neither move its clock nor need settings of their own. Each test makes its own people.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

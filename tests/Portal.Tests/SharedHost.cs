using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests;

/// <summary>One portal for the tests of a class that neither move its clock nor need settings of their own. Each test makes its own people. Every answer of REST is held against its document.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public PortalHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(options => options.Watch = () => new DescribedAnswers());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

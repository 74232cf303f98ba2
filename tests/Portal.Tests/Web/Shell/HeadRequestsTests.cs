using System.Net;
using Portal.Testing;

namespace Portal.Tests.Web.Shell;

public sealed class HeadRequestsTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private HttpClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A real server, for it is the server that holds the content back.
        _host = await PortalHost.StartAsync(options => options.UseKestrel = true);
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 1 }) { BaseAddress = _host.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/account")]
    [InlineData("/nowhere")]
    [InlineData("/app.css")]
    [InlineData("/api/me")]
    [InlineData("/api/antiforgery")]
    [InlineData("/openapi/v1.json")]
    public async Task What_answers_get_answers_head_alike_without_content(string address)
    {
        // One connection: content that came all the same would stand before the next answer.
        using var head = await SendAsync(HttpMethod.Head, address);
        using var get = await SendAsync(HttpMethod.Get, address);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType, get.Headers.Location), (head.StatusCode, head.Content.Headers.ContentType, head.Headers.Location));
        Assert.NotEqual(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("/logout")]
    [InlineData("/api/login")]
    public async Task What_takes_post_alone_refuses_head(string address)
    {
        using var head = await SendAsync(HttpMethod.Head, address);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address)
    {
        using var request = new HttpRequestMessage(method, address);
        return await _client.SendAsync(request, Token);
    }
}

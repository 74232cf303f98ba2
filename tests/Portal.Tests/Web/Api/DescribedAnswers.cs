using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Portal.Testing;

namespace Portal.Tests.Web.Api;

/// <summary>
/// Stands between a client and the portal and lets no answer of REST pass of which the document says something else, or
/// nothing. Behind the cookies: the document is asked for by nobody.
/// </summary>
internal sealed class DescribedAnswers : DelegatingHandler
{
    /// <summary>By its tag: portals of the same settings have the same, and making schemas of it takes a while.</summary>
    private static readonly ConcurrentDictionary<string, DescribedApi> Known = [];

    private DescribedApi? _api;

    /// <summary>So that no test has to ask for it, and none can do without.</summary>
    [ModuleInitializer]
    internal static void WatchAll() => PortalHostOptions.EverybodysWatch = () => new DescribedAnswers();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith($"{PortalUrls.ApiPath}/", StringComparison.Ordinal))
        {
            _api ??= await ReadAsync(request.RequestUri, cancellationToken);
            answer.RequestMessage ??= request;
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var faults = await _api.FaultsAsync(answer);
            Assert.True(faults.Count == 0, $"{request.Method} {request.RequestUri} answers {(int)answer.StatusCode}, but {string.Join(" ", faults)}\n{await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return answer;
    }

    private async Task<DescribedApi> ReadAsync(Uri portal, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal, PortalUrls.OpenApiPath));
        using var answer = await base.SendAsync(request, cancellationToken);
        var tag = answer.Headers.ETag!.Tag;
        return Known.TryGetValue(tag, out var known)
            ? known
            : Known.GetOrAdd(tag, new DescribedApi((await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!));
    }
}

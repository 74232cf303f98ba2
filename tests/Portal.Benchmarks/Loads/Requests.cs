using System.Net;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Loads;

/// <summary>Sends the same request many times and asks the server what it cost.</summary>
internal static class Requests
{
    private const int AtOnce = 4;

    /// <summary>The server's processor time for one request, in milliseconds.</summary>
    public static async Task<double> ProcessorTimeAsync(HttpClient http, ServerProcess server, Uri address, string? cookie, int count, CancellationToken cancellationToken)
    {
        var before = await server.ProcessorTimeAsync(cancellationToken);
        await SendAsync(http, address, cookie, count, cancellationToken);
        return (await server.ProcessorTimeAsync(cancellationToken) - before).TotalMilliseconds / count;
    }

    public static async Task SendAsync(HttpClient http, Uri address, string? cookie, int count, CancellationToken cancellationToken) =>
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (_, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Add("Accept-Encoding", "gzip, deflate, br");
            if (cookie is not null)
            {
                request.Headers.Add("Cookie", cookie);
            }

            using var answer = await http.SendAsync(request, token);
            if (answer.StatusCode is not HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}.");
            }
        });
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Portal.Tests.House;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Every address of the administration, known to the portal and tried by somebody who is signed in and no administrator.</summary>
public sealed partial class RefusedEverywhereTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "8.2.1")]
    [Trait("ASVS", "8.3.1")]
    public async Task A_plain_person_is_refused_by_every_page_and_every_method_of_every_address()
    {
        using var browser = await shared.Host.BeginSessionAsync(await shared.Host.CreateUserAsync());
        // With the token of their own browser: nothing else is to refuse them first.
        await ApiHost.SendTokenAsync(browser);
        List<string> let = [];
        var tried = 0;
        foreach (var (method, address) in Addresses())
        {
            tried++;
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            using var answer = await browser.SendAsync(request, Token);
            if (!IsRefusal(address, answer))
            {
                let.Add($"{method} {address}: {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Assert.True(tried > 70, $"{tried} tried");
        Assert.Empty(let);
        Assert.True(await browser.IsSignedInAsync());
    }

    /// <summary>A number stands for whatever an address names, theirs or not.</summary>
    private IEnumerable<(string Method, string Address)> Addresses() => ListedAddresses.Of(shared.Host)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => (method, Parameter().Replace(ListedAddresses.PatternOf(endpoint), "1"))))
        .Where(pair => pair.Item2 == "/admin" || pair.Item2.StartsWith("/admin/", StringComparison.Ordinal) || pair.Item2.StartsWith("/api/admin/", StringComparison.Ordinal))
        .Distinct();

    private static bool IsRefusal(string address, HttpResponseMessage answer) => address.StartsWith("/api/", StringComparison.Ordinal)
        ? answer.StatusCode is HttpStatusCode.Forbidden
        : answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther && answer.LeadsTo()?.StartsWith("/access-denied", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Portal.Testing;

namespace Portal.Tests.House;

/// <summary>The table of who may do what says of every address what the running portal says.</summary>
public sealed class PolicyTableTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Paper = "src/Portal/README.md";

    private readonly PortalHost _host = shared.Host;

    [Fact]
    [Trait("ASVS", "8.1.1")]
    public void Every_address_stands_in_the_table_with_who_may_use_it()
    {
        var written = ListedAddresses.In(Paper).Select(cells => $"| `{cells[0]}` | {cells[1]} | {cells[2]} |").ToList();
        var real = ListedAddresses.Of(_host).GroupBy(ListedAddresses.PatternOf)
            .Select(address => $"| `{address.Key}` | {Methods(address)} | {string.Join(" and ", address.Select(Who).Distinct())} |").ToList();

        Assert.Empty(real.Except(written).Select(row => $"{Paper} lacks {row}"));
        Assert.Empty(written.Except(real).Select(row => $"{Paper} has {row}, which is not so"));
        Assert.Equal(written.Count, written.Distinct().Count());
    }

    [Fact]
    public void Every_row_says_what_is_done() =>
        Assert.All(ListedAddresses.In(Paper), cells => Assert.NotEmpty(cells[3]));

    private static string Methods(IEnumerable<RouteEndpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        ? "page"
        : string.Join(' ', endpoints.SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Distinct().Order(StringComparer.Ordinal));

    private static string Who(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        ? "anybody"
        : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>() is { Count: > 0 } rules
            ? rules.Select(rule => rule.Roles ?? rule.Policy).FirstOrDefault(special => special is not null) ?? "signed in"
            : "undecided";
}

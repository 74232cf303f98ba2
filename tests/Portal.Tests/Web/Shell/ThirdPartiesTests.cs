using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Portal.Testing;
using Portal.Tests.House;

namespace Portal.Tests.Web.Shell;

/// <summary>Pages send nothing to anybody else; reCAPTCHA, where it is set, is asked on the forms that need it and nowhere else.</summary>
public sealed partial class ThirdPartiesTests : IAsyncLifetime
{
    private static readonly string[] AskingCaptcha = ["/register"];

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Pages => ListedAddresses.Of(_host)
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
        .Select(ListedAddresses.PatternOf)
        .Append("/nowhere");

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options =>
    {
        options.Settings["Recaptcha:SiteKey"] = "site";
        options.Settings["Recaptcha:SecretKey"] = "secret";
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "14.2.3")]
    public async Task A_page_may_reach_this_site_alone_and_names_no_other(bool signedIn)
    {
        using var browser = signedIn ? await _host.BeginSessionAsync(await _host.CreateUserAsync()) : _host.CreateClient();
        Assert.NotEmpty(Pages);
        foreach (var address in Pages.Except(AskingCaptcha))
        {
            using var answer = await browser.GetAsync(address, Token);

            Assert.True(!Elsewhere().IsMatch(Policy(answer)), $"{address} may reach others: {Policy(answer)}");
            var named = (await answer.PageAsync()).QuerySelectorAll("[src], [href], [action], [formaction], [srcset], [poster], [data], [ping]")
                .SelectMany(element => element.Attributes.Select(attribute => attribute.Value))
                .Where(value => Elsewhere().IsMatch(value));
            Assert.True(!named.Any(), $"{address} names {string.Join(", ", named)}");
        }
    }

    [Fact]
    [Trait("ASVS", "14.2.3")]
    public async Task The_form_that_asks_reCAPTCHA_may_reach_it_and_nobody_else()
    {
        using var browser = _host.CreateClient();
        foreach (var address in AskingCaptcha)
        {
            using var answer = await browser.GetAsync(address, Token);

            var hosts = Elsewhere().Matches(Policy(answer)).Select(match => match.Value).Distinct();
            Assert.All(hosts, host => Assert.Contains(host, new[] { "https://www.google.com", "https://www.gstatic.com" }));
            Assert.NotEmpty(hosts);
        }
    }

    private static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();

    [GeneratedRegex(@"(https?:|wss?:)?//[^/\s'"";]+|\*", RegexOptions.IgnoreCase)]
    private static partial Regex Elsewhere();
}

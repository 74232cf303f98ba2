using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Portal.Accounts;
using Portal.Testing;

namespace Portal.Tests.House;

/// <summary>The library knows no page, yet its mails lead to some: the portal must have them, and they must read what the links carry.</summary>
public sealed class PortalLinksTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string TheirHome = "PortalLinks.cs";

    private static readonly Regex OwnAddress = new(@"(AbsoluteUrl|LinkUrl)\(\s*\$?@?""|""/[a-z-]+(\?|""\s*[;,)])");

    /// <summary>Where no page is: what starts so is answered without one.</summary>
    private static readonly string[] Roots = ["\"/api\"", "\"/_blazor\""];

    private readonly PortalHost _host = shared.Host;

    public static TheoryData<string> Pages => [.. All];

    public static TheoryData<string, string, string> Links => new(
        (PortalLinks.ConfirmEmail, PortalUrls.ConfirmEmailPath, PortalUrls.ConfirmEmail("7", "secret")),
        (PortalLinks.ConfirmNewEmail, PortalUrls.ConfirmNewEmailPath, PortalUrls.ConfirmNewEmail("7", "secret")),
        (PortalLinks.StopEmailChange, PortalUrls.StopEmailChangePath, PortalUrls.StopEmailChange("7", "secret")),
        (PortalLinks.ResetPassword, PortalUrls.ResetPasswordPath, PortalUrls.ResetPassword("7", "secret")),
        (PortalLinks.NotMe, PortalUrls.NotMePath, PortalUrls.NotMe("7", "secret")),
        (PortalLinks.Invitation, PortalUrls.InvitationPath, PortalUrls.Invitation("7", "secret")));

    private static IEnumerable<string> All =>
        typeof(PortalLinks).GetFields(BindingFlags.Public | BindingFlags.Static).Select(page => (string)page.GetRawConstantValue()!).Where(page => page != PortalLinks.Home);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_address_the_library_sends_people_to_is_a_page_of_the_portal(string page) => Assert.NotNull(PageAt(page));

    [Fact]
    public async Task The_front_door_leads_on_to_a_page()
    {
        using var stranger = _host.CreateClient();
        using var answer = await stranger.GetAsync(PortalLinks.Home, TestContext.Current.CancellationToken);

        Assert.NotNull(PageAt(answer.Headers.Location!.OriginalString.Split('?')[0]));
    }

    [Fact]
    public void An_address_without_a_page_would_be_found() => Assert.Null(PageAt("/no-such-page"));

    [Theory]
    [MemberData(nameof(Links))]
    public void A_link_is_written_as_the_portal_writes_it(string page, string path, string written)
    {
        Assert.Equal(path, page);
        Assert.Equal("https://accounts.example.org" + written, new PortalOptions { PublicUrl = new("https://accounts.example.org") }.LinkUrl(page, 7, "secret"));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public void The_page_of_a_link_reads_what_the_link_carries(string page, string path, string written)
    {
        Assert.Equal(page, path);
        Assert.All(written[(written.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&'), pair => Assert.Contains(pair.Split('=')[0], QueryOf(page)));
    }

    [Fact]
    public void The_link_for_the_first_administrator_carries_a_secret_only()
    {
        Assert.Equal("http://localhost:5080/setup?token=secret", new PortalOptions().LinkUrl(PortalLinks.Setup, "secret"));
        Assert.Contains("token", QueryOf(PortalLinks.Setup));
    }

    [Theory]
    [InlineData(true, "http://localhost:5080/forgot-password")]
    [InlineData(false, null)]
    public void Where_nobody_may_recover_a_password_no_link_leads_there(bool recovery, string? url) =>
        Assert.Equal(url, new PortalOptions().RecoveryUrl(new AccountsOptions { Recovery = recovery }));

    [Fact]
    public void No_other_file_of_the_library_writes_an_address() => Assert.Empty(SourceTree.Files("src/Portal.Accounts")
        .Where(file => Path.GetFileName(file) != TheirHome)
        .SelectMany(file => File.ReadLines(file).Where(line => OwnAddress.IsMatch(line) && !Roots.Any(line.Contains)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}")));

    [Theory]
    [InlineData("portal.Value.AbsoluteUrl(\"/login\")")]
    [InlineData("portal.Value.AbsoluteUrl($\"/reset-password?user={id}\")")]
    [InlineData("Url(\"/not-me\", user.Id)")]
    [InlineData("options.LoginPath = \"/login\";")]
    public void Each_way_to_write_an_address_would_be_found(string line) => Assert.Matches(OwnAddress, line);

    private Type? PageAt(string path) => ListedAddresses.Of(_host)
        .Where(endpoint => ListedAddresses.PatternOf(endpoint) == path)
        .Select(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type)
        .FirstOrDefault(type => type is not null);

    private HashSet<string> QueryOf(string path) =>
    [
        .. PageAt(path)!.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null)
            .Select(property => property.Name.ToLowerInvariant()),
    ];
}

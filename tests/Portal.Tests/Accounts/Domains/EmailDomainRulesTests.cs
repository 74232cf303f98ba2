using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Testing;

namespace Portal.Tests.Accounts.Domains;

public sealed class EmailDomainRulesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uni.example", nameof(EmailDomainStatus.Verified))]
    [InlineData("dept.uni.example", nameof(EmailDomainStatus.Verified))]
    [InlineData("students.uni.example", nameof(EmailDomainStatus.Blocked))]
    [InlineData("deep.students.uni.example", nameof(EmailDomainStatus.Blocked))]
    [InlineData("notuni.example", nameof(EmailDomainStatus.New))]
    [InlineData("example", nameof(EmailDomainStatus.New))]
    [InlineData("uni.example.evil.test", nameof(EmailDomainStatus.New))]
    public async Task The_longest_listed_suffix_decides(string domain, string status)
    {
        var domains = _host.Get<IDomainAdmin>();
        await domains.SetAsync("Uni.Example", "verified", Operator.CommandLine, Token);
        await domains.SetAsync("students.uni.example", "blocked", Operator.CommandLine, Token);

        Assert.Equal(status, (await _host.QueryAsync(context => EmailDomainRules.StatusOfAsync(context, domain, Token))).ToString());
    }

    [Fact]
    public async Task A_domain_is_listed_when_the_first_of_its_people_is_confirmed()
    {
        await _host.CreateUserAsync("one@first-seen.example");
        await _host.CreateUserAsync("two@first-seen.example");
        await _host.CreateUserAsync("one@never-confirmed.example", isConfirmed: false);

        var listed = (await _host.Get<IDomainAdmin>().ListAsync(new DomainFilter(), cancellationToken: Token)).Page.Results.ToDictionary(domain => domain.Name, domain => domain.Status);

        Assert.Equal("new", listed["first-seen.example"]);
        Assert.DoesNotContain("never-confirmed.example", listed.Keys);
    }

    [Fact]
    public async Task A_decision_is_kept_told_and_read_in_any_case()
    {
        var domains = _host.Get<IDomainAdmin>();

        Assert.IsType<AdminOutcome.Done>(await domains.SetAsync("Bücher.example", "Moderated", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await domains.SetAsync("xn--bcher-kva.example.", "moderated", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await domains.SetAsync("example.org", "forbidden", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await domains.SetAsync("example.org", "7", Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Refused>(await domains.SetAsync("localhost", "blocked", Operator.CommandLine, Token));
        Assert.Equal("moderated", (await domains.FindAsync("BÜCHER.example", Token))?.Status);
    }

    [Fact]
    public async Task A_subdomain_that_is_merely_listed_decides_nothing()
    {
        await _host.CreateUserAsync("one@mail.refused.example");
        await _host.Get<IDomainAdmin>().SetAsync("refused.example", "blocked", Operator.CommandLine, Token);

        Assert.Equal(EmailDomainStatus.Blocked, await _host.QueryAsync(context => EmailDomainRules.StatusOfAsync(context, "mail.refused.example", Token)));
    }
}

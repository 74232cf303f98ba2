using System.Text.RegularExpressions;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

/// <summary>What operators look through costs the same however much there is: read from SQLite's plans. For sessions, <see cref="SessionListPlansTests"/>.</summary>
public sealed partial class ListPlansTests(ListPlansTests.Counted shared) : IClassFixture<ListPlansTests.Counted>
{
    /// <summary>An index that has a row for each verified person alone.</summary>
    private const string OfVerifiedOnly = "USING COVERING INDEX IX_Users_VerifiedAt";

    /// <summary>A part of a name has no place in any order, nor has how many people there are; there are few domains beside their people.</summary>
    private const string OfDomainNames = "INDEX IX_EmailDomains_Name";

    private static readonly string ByUsers = $"domains by {DomainSort.Users}";

    private static readonly Dictionary<string, Func<PortalHost, Task>> Looks = new(
        [
            .. Enum.GetValues<UserSort>().Select(sort => Look($"users by {sort}", host => UsersAsync(host, new UserFilter(), sort))),
            .. Enum.GetValues<UserState>().Select(state => Look($"users {state}", host => UsersAsync(host, new UserFilter { State = state }))),
            Look("users verified", host => UsersAsync(host, new UserFilter { IsVerified = true })),
            Look("users with a second factor", host => UsersAsync(host, new UserFilter { HasSecondFactor = true })),
            Look("users without a second factor", host => UsersAsync(host, new UserFilter { HasSecondFactor = false })),
            Look("users in a state without a second factor", host => UsersAsync(host, new UserFilter { State = UserState.Active, HasSecondFactor = false })),
            Look("users locked", host => UsersAsync(host, new UserFilter { IsLocked = true })),
            Look("users online", host => UsersAsync(host, new UserFilter { IsOnline = true })),
            Look("users with a role", host => UsersAsync(host, new UserFilter { Role = "curator" })),
            Look("users of a domain", host => UsersAsync(host, new UserFilter { Domain = "example.org", State = UserState.Active })),
            Look("users beginning with a letter", host => UsersAsync(host, new UserFilter { Text = "p" })),
            Look("users holding a text", host => UsersAsync(host, new UserFilter { Text = "person" })),
            Look("users of a number", host => UsersAsync(host, new UserFilter { Text = "1" })),
            Look("counts of users", host => host.Get<IUserList>().CountAsync(new UserFilter { Domain = "example.org" }, Token)),
            Look("counts of users holding a text", host => host.Get<IUserList>().CountAsync(new UserFilter { Text = "person" }, Token)),
            Look("counts of users with a role", host => host.Get<IUserList>().CountAsync(new UserFilter { Role = "curator" }, Token)),
            Look("roles", host => host.Get<IRoleAdmin>().PageAsync(null, new ListWindow(), Token)),
            Look("roles beginning with a text", host => host.Get<IRoleAdmin>().PageAsync("cur", new ListWindow(), Token)),
            Look("members", host => host.Get<IRoleAdmin>().MembersAsync(1, new ListWindow(), Token)),
            Look("candidates", host => host.Get<IRoleAdmin>().CandidatesAsync(1, "per", 10, Token)),
            .. Enum.GetValues<DomainSort>().Select(sort => Look($"domains by {sort}", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter(), sort, cancellationToken: Token))),
            Look("domains holding a text", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter { Search = "ampl" }, cancellationToken: Token)),
            Look("domains decided so", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter { Status = "blocked" }, cancellationToken: Token)),
            Look("domains flagged", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter { IsFlagged = true }, cancellationToken: Token)),
            Look("domains of a category", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter { CategoryId = 1 }, cancellationToken: Token)),
            Look("domains of an organisation", host => host.Get<IDomainAdmin>().ListAsync(new DomainFilter { OrganisationId = 1 }, cancellationToken: Token)),
            .. Enum.GetValues<IdentitySort>().Select(sort => Look($"identities by {sort}", host => host.Get<IIdentityAdmin>().ListAsync(new IdentityFilter(), sort, cancellationToken: Token))),
            Look("identities of a site", host => host.Get<IIdentityAdmin>().ListAsync(new IdentityFilter { Method = "orcid" }, cancellationToken: Token)),
            Look("identities beginning with a text", host => host.Get<IIdentityAdmin>().ListAsync(new IdentityFilter { Search = "per" }, cancellationToken: Token)),
            Look("identities of a site, of a number", host => host.Get<IIdentityAdmin>().ListAsync(new IdentityFilter { Method = "orcid", Search = "1" }, cancellationToken: Token)),
            Look("mails", host => host.Get<IMailAdmin>().ListAsync(null, null, cancellationToken: Token)),
            .. Enum.GetValues<OutboxMailState>().Select(state => Look($"mails {state}", host => host.Get<IMailAdmin>().ListAsync(state, null, cancellationToken: Token))),
            Look("mails to whose address begins so", host => host.Get<IMailAdmin>().ListAsync(null, "per", cancellationToken: Token)),
            Look("mails in a state to whose address begins so", host => host.Get<IMailAdmin>().ListAsync(OutboxMailState.Sent, "per", cancellationToken: Token)),
        ]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Looks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_look_reads_a_whole_table_that_grows_with_the_site(string look)
    {
        shared.Counter.Forget();
        await Looks[look](shared.Host);

        var statements = shared.Counter.Commands.Where(command => Growing().IsMatch(command)).ToList();
        Assert.NotEmpty(statements);
        foreach (var statement in statements)
        {
            var plan = await shared.Host.PlanAsync(statement);
            var aliases = Growing().Matches(statement).Select(table => table.Groups["alias"].Value).ToHashSet(StringComparer.Ordinal);
            var scans = plan.Where(step => aliases.Any(alias => step == $"SCAN {alias}" || step.StartsWith($"SCAN {alias} ", StringComparison.Ordinal)));
            // A look at everything, in the order of an index, ends with its page or its count; of what is sought only that is read which is found.
            Assert.All(scans, step => Assert.True(
                step.Contains(OfVerifiedOnly, StringComparison.Ordinal)
                    || (look == "domains holding a text" && step.Contains(OfDomainNames, StringComparison.Ordinal))
                    || (look == ByUsers && plan.Any(other => other.EndsWith("SEARCH u USING PRIMARY KEY (Domain=?)", StringComparison.Ordinal)))
                    || (IsEverything(look, statement) && statement.Contains("LIMIT", StringComparison.Ordinal) && plan.All(other => !other.Contains("FOR ORDER BY", StringComparison.Ordinal))),
                $"{string.Join('\n', plan)}\n{statement}"));
        }
    }

    [Theory]
    [InlineData("curator", null)]
    [InlineData(null, "example.org")]
    public async Task What_else_is_sought_leads_before_a_flag_that_nearly_everybody_may_have(string? role, string? domain)
    {
        shared.Counter.Forget();
        await UsersAsync(shared.Host, new UserFilter { HasSecondFactor = false, Role = role, Domain = domain });

        Assert.NotEmpty(shared.Counter.Commands);
        foreach (var statement in shared.Counter.Commands)
        {
            Assert.DoesNotContain(await shared.Host.PlanAsync(statement), step => step.Contains("TwoFactorEnabled", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_flag_that_few_have_leads_before_a_domain_of_more()
    {
        await shared.Host.AddSecondFactorAsync(await shared.Host.CreateUserAsync("one@many.example"));
        await shared.Host.CreateUserAsync("two@many.example");
        shared.Counter.Forget();
        await UsersAsync(shared.Host, new UserFilter { HasSecondFactor = true, Domain = "many.example" });

        var plans = await Task.WhenAll(shared.Counter.Commands.Select(shared.Host.PlanAsync));
        Assert.Contains(plans.SelectMany(plan => plan), step => step.Contains("IX_Users_TwoFactorEnabled_State", StringComparison.Ordinal));
        Assert.DoesNotContain(plans.SelectMany(plan => plan), step => step.Contains("(Domain=?", StringComparison.Ordinal) && step.Contains("Users_", StringComparison.Ordinal));
    }

    private static bool IsEverything(string look, string statement) =>
        look.Contains(" by ", StringComparison.Ordinal) || look is "roles" or "mails" || !statement.Contains("WHERE", StringComparison.Ordinal);

    private static KeyValuePair<string, Func<PortalHost, Task>> Look(string name, Func<PortalHost, Task> look) => new(name, look);

    private static Task UsersAsync(PortalHost host, UserFilter filter, UserSort sort = UserSort.Email) =>
        host.Get<IUserList>().ListAsync(filter, sort, isDescending: false, new ListWindow(), Token);

    [GeneratedRegex("\"(Users|Memberships|Identities|OutboxMails|EmailDomains|AuditEvents|Sessions|Roles)\" AS \"(?<alias>\\w+)\"")]
    private static partial Regex Growing();

    public sealed class Counted : IAsyncLifetime
    {
        internal CommandCounter Counter { get; } = new();

        public PortalHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PortalHost.StartAsync(Counter.AddTo);
            await Host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
            var user = await Host.CreateUserAsync(roles: "curator");
            await Host.QueryAsync(context =>
            {
                context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = "orcid", ProviderKey = "1" });
                return context.SaveChangesAsync(Token);
            });
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Passwords;
using Portal.Accounts.Transfer;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>What becomes of people from elsewhere in a portal that runs.</summary>
public sealed class ImportedPeopleTests(ImportedPeopleTests.Site site) : IClassFixture<ImportedPeopleTests.Site>
{
    private const string Peppered = "$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA";
    private const string Weak = "$invenio-aes$test@test.org$d7eccd13e3987258607f67942184e24d77d85a299ea7a6f412e86627666d6d8c";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PortalHost Host => site.Host;

    [Theory]
    [InlineData("peppered", Peppered, "123456")]
    [InlineData("weak", Weak, "qwert1234")]
    public async Task They_sign_in_with_the_password_they_had_and_it_is_hashed_anew(string name, string hash, string password)
    {
        var email = $"{name}@example.org";
        var outcome = await ImportAsync(new { email, password = hash, active = true, confirmed_at = "2019-05-06T07:08:09.123456" });
        Assert.Equal(new ImportOutcome(1, 0, 0), outcome);
        Assert.DoesNotContain("d7eccd13", (await RowAsync(email)).PasswordHash, StringComparison.Ordinal);

        using var wrong = Host.CreateClient();
        using var refused = await PortalHost.SignInAsync(wrong, email, password + "x", cancellationToken: Cancel);
        Assert.NotEqual(HttpStatusCode.Redirect, refused.StatusCode);
        using var right = Host.CreateClient();
        using var signedIn = await PortalHost.SignInAsync(right, email, password, cancellationToken: Cancel);

        Assert.NotNull(await Host.SessionIdOfAsync(right, Cancel));
        var anew = (await RowAsync(email)).PasswordHash!;
        Assert.False(anew.StartsWith('$'), "The password was not hashed anew.");
        Assert.Equal(PasswordVerificationResult.Success, Host.Get<PasswordHashing>().Verify(anew, password));
    }

    [Fact]
    public async Task Everything_a_line_says_is_there_and_counted_and_found_at_once()
    {
        await Host.Get<IRoleAdmin>().CreateAsync("curators", null, Operator.CommandLine, Cancel);
        await ImportAsync(new
        {
            email = "Grace@Sub.Import.Example",
            username = "grace",
            active = true,
            confirmed_at = "2019-05-06 07:08:09+02:00",
            verified_at = "2020-01-01T00:00:00Z",
            created = "2018-01-01",
            roles = new[] { "curators" },
            profile = new { full_name = "Grace Hopper" },
            preferences = new { visibility = "public", locale = "de", timezone = "Europe/Zurich" },
            identities = new[] { new { method = "orcid", external_id = "0000-0002-1825-0097" } },
            login = new { last_login_at = "2021-01-01T00:00:00", last_login_ip = "192.0.2.1", current_login_at = Host.Clock.GetUtcNow().AddDays(-1).ToString("O"), current_login_ip = "192.0.2.2", login_count = 7 },
        });

        var users = Host.Get<IUserAdmin>();
        var found = (await users.DetailsAsync("grace", Cancel))!;
        Assert.Equal(new DateTimeOffset(2019, 5, 6, 5, 8, 9, TimeSpan.Zero), found.User.ConfirmedAt);
        Assert.Equal(new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero), found.User.CreatedAt);
        Assert.Equal(("Grace Hopper", "public", "restricted", "de", "Europe/Zurich"), (
            found.Values["profile.full_name"], found.Values["preferences.visibility"], found.Values["preferences.email_visibility"],
            found.Values["preferences.language"], found.Values["preferences.time_zone"]));
        Assert.Equal(["curators"], found.User.Roles.Select(role => role.Name));
        Assert.Equal(1, (await RowAsync("Grace@Sub.Import.Example")).RoleCount);
        Assert.Equal(["orcid"], found.Providers);
        Assert.Equal(7, found.SignIns);
        var login = await Host.QueryAsync(context => context.LoginInformation.SingleAsync(row => row.UserId == found.User.Id, Cancel));
        // Older than addresses are kept.
        Assert.Equal((null, "192.0.2.2"), (login.LastLoginIp, login.CurrentLoginIp));

        var listed = await Host.Get<IUserList>().ListAsync(new UserFilter { Text = "hopper" }, UserSort.Email, false, new ListWindow(), Cancel);
        Assert.Equal("Grace@Sub.Import.Example", Assert.Single(listed.Results).Email);
        var counts = await Host.QueryAsync(context => UserCounts.OfDomainsAsync(context, ["sub.import.example"], Cancel));
        Assert.Equal(1, counts["sub.import.example"].Users);
        Assert.True(await Host.QueryAsync(context => context.EmailDomains.AnyAsync(row => row.Name == "sub.import.example", Cancel)));
        Assert.True(await Host.QueryAsync(context => context.AuditEvents.AnyAsync(row => row.SubjectId == found.User.Id && row.Kind == AuditKind.RoleGiven.ToName(), Cancel)));
        // Brought to the subscriber by and by.
        await foreach (var change in site.Changes.Told.Reader.ReadAllAsync(Cancel))
        {
            if (change == new AccountChange(AccountChangeSubject.User, found.User.Id, AccountChangeKind.Created))
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData("en_GB", "en")]
    [InlineData("DE", "de")]
    [InlineData("fr-CA", "fr")]
    [InlineData("es", null)]
    [InlineData("zh_Hant_TW", null)]
    public async Task A_language_the_portal_lacks_gives_way_to_the_nearest_it_has_or_to_the_sites_own(string locale, string? language)
    {
        var email = $"{locale}@locale.example";
        Assert.Equal(new ImportOutcome(1, 0, 0), await ImportAsync(new { email, preferences = new { locale, visibility = "public" } }));

        var values = (await Host.Get<IUserAdmin>().DetailsAsync(email, Cancel))!.Values;
        Assert.Equal((language, "public"), (values["preferences.language"], values["preferences.visibility"]));
    }

    [Fact]
    public async Task A_domain_that_is_merely_listed_takes_what_the_file_decides()
    {
        var domains = Host.Get<IDomainAdmin>();
        // Listed because somebody was confirmed: by the portal here, by an import there.
        await Host.CreateUserAsync("first@listed.example");
        await ImportAsync(new { email = "second@imported.example", confirmed_at = "2019-05-06T07:08:09Z" });
        Assert.Equal(
            ["new", "new"], [(await domains.FindAsync("listed.example", Cancel))?.Status, (await domains.FindAsync("imported.example", Cancel))?.Status]);

        object[] file = [new { domain = "listed.example", status = "verified", category = "university" }, new { domain = "imported.example", flagged = true, flag_source = "a list" }];
        Assert.Equal(new ImportOutcome(0, 0, 0) { Decisions = 2 }, await ImportAsync(file));
        Assert.Equal(new ImportOutcome(0, 0, 0) { DecisionsThere = 2 }, await ImportAsync(file));

        var listed = (await domains.FindAsync("listed.example", Cancel))!;
        Assert.Equal(("verified", "university"), (listed.Status, listed.Category?.Name));
        Assert.Equal("a list", (await domains.FindAsync("imported.example", Cancel))!.FlagSource);
    }

    [Fact]
    public async Task The_index_of_names_holds_exactly_who_is_there_and_goes_on()
    {
        await ImportAsync([.. Enumerable.Range(1, 30).Select(number => new { id = 9_000 - number, email = $"index{number}@example.org", profile = new { full_name = $"Index {number}" } })]);
        await Host.CreateUserAsync("index-after@example.org");

        var found = await Host.Get<IUserList>().ListAsync(new UserFilter { Text = "ndex" }, UserSort.Email, false, new ListWindow(), Cancel);
        Assert.Equal(31, found.Total.Count);
        // SQLite compares its index with the rows, and fails when they differ.
        await Host.QueryAsync(context => context.Database.ExecuteSqlRawAsync("""INSERT INTO "UserText"("UserText", rank) VALUES ('integrity-check', 1)""", Cancel));
    }

    [Fact]
    public async Task Whom_a_file_lets_in_beside_its_own_block_stays_and_beside_one_of_this_site_is_refused()
    {
        await Host.Get<IDomainAdmin>().SetAsync("ours.example", "blocked", Operator.CommandLine, Cancel);

        List<long> refused = [];
        var outcome = await ImportAsync(
            refused,
            new { domain = "theirs.example", status = "blocked" },
            new { domain = "ours.example", status = "blocked" },
            new { email = "again@theirs.example", confirmed_at = "2019-05-06T07:08:09Z" },
            new { email = "unproved@theirs.example" },
            new { email = "again@ours.example", confirmed_at = "2019-05-06T07:08:09Z" });
        await Host.Get<BrokenBlocks>().ResumeAsync(Cancel);
        var rerun = await ImportAsync(
            new { domain = "theirs.example", status = "blocked" },
            new { email = "later@theirs.example", confirmed_at = "2019-05-06T07:08:09Z" });

        Assert.Equal([4, 5], refused);
        Assert.Equal((1L, 1L), (outcome.Imported, rerun.Imported));
        Assert.True((await RowAsync("again@theirs.example")).IsActive);
    }

    private async Task<ImportOutcome> ImportAsync(params object[] lines)
    {
        List<long> refused = [];
        var outcome = await ImportAsync(refused, lines);
        Assert.Empty(refused);
        return outcome;
    }

    private async Task<ImportOutcome> ImportAsync(List<long> refused, params object[] lines)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(line => JsonSerializer.Serialize(line)))));
        return await Host.Get<ITransferAdmin>().ImportAsync(
            file, new ImportRequest(TransferFormat.JsonLines) { KeepsIds = true, Refused = line => refused.Add(line.Line) }, Cancel);
    }

    private Task<User> RowAsync(string email) => Host.QueryAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Email == email, Cancel));

    public sealed class Site : IAsyncLifetime
    {
        public PortalHost Host { get; private set; } = null!;

        internal ToldChanges Changes { get; } = new();

        public async ValueTask InitializeAsync() => Host = await PortalHost.StartAsync(options =>
        {
            options.Settings["Passwords:LegacyPepper"] = "CHANGE_ME_ALSO";
            options.ConfigureServices = services => services.AddSingleton<IAccountChangeSubscriber>(Changes);
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    internal sealed class ToldChanges : IAccountChangeSubscriber
    {
        public Channel<AccountChange> Told { get; } = Channel.CreateUnbounded<AccountChange>();

        public Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
        {
            foreach (var change in changes)
            {
                Told.Writer.TryWrite(change);
            }

            return Task.CompletedTask;
        }
    }
}

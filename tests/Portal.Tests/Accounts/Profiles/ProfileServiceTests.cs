using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

public sealed class ProfileServiceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string FullName = "profile.full_name";
    private const string Affiliations = "profile.affiliations";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IProfileService Profiles => _host.Get<IProfileService>();

    [Fact]
    public async Task A_new_person_has_an_empty_profile_and_the_sites_preferences()
    {
        var (user, person) = await NewPersonAsync();

        var found = (await Profiles.FindAsync(person, Token))!;

        Assert.Equal((user.Id, user.Email, user.UserName, null), (found.UserId, found.Email, found.UserName, found.PictureVersion));
        Assert.Equal(new Dictionary<string, string?>
        {
            [FullName] = null,
            [Affiliations] = null,
            [PreferenceNames.Visibility] = "restricted",
            [PreferenceNames.EmailVisibility] = "restricted",
            [PreferenceNames.Language] = null,
            [PreferenceNames.TimeZone] = null,
            [PreferenceNames.Theme] = "system",
        }, found.Values);
    }

    [Fact]
    public async Task What_is_saved_is_there_afterwards_and_nothing_else_changed()
    {
        var (_, person) = await NewPersonAsync();

        var saved = await SavedAsync(person, new(Of((FullName, " Ada Lovelace "), (PreferenceNames.Language, "DE"), (PreferenceNames.TimeZone, "europe/zurich"), (PreferenceNames.Theme, "dark"))));

        var found = (await Profiles.FindAsync(person, Token))!;
        Assert.Equal(found.Values, saved.Values);
        Assert.Equal(found.Version, saved.Version);
        Assert.Equal(
            ("Ada Lovelace", null, "restricted", "de", "Europe/Zurich", "dark"),
            (found.Values[FullName], found.Values[Affiliations], found.Values[PreferenceNames.Visibility], found.Values[PreferenceNames.Language], found.Values[PreferenceNames.TimeZone], found.Values[PreferenceNames.Theme]));
    }

    [Theory]
    [InlineData("profile.shoe_size", "44", "There is no profile field")]
    [InlineData("profile.full_name", "a\u0000", "Full name holds characters that cannot be shown.")]
    [InlineData("preferences.shoe_size", "44", "There is no preference \"shoe_size\".")]
    [InlineData("email", "other@example.org", "There is no preference \"email\".")]
    [InlineData("preferences.visibility", "everyone", "Visibility must be public or restricted.")]
    [InlineData("preferences.visibility", null, "Visibility must be public or restricted.")]
    [InlineData("preferences.email_visibility", "", "Email visibility must be public or restricted.")]
    [InlineData("preferences.language", "tlh", "Language must be one of: en, de, fr;")]
    [InlineData("preferences.time_zone", "Mars/Olympus", "Time zone must be a name")]
    [InlineData("preferences.theme", "neon", "Theme must be system, light or dark.")]
    public async Task What_may_not_be_is_refused_by_name_and_nothing_of_it_is_saved(string name, string? value, string error)
    {
        var (_, person) = await NewPersonAsync();
        var before = (await Profiles.FindAsync(person, Token))!;

        var invalid = Assert.IsType<ProfileOutcome.Invalid>(await Profiles.SaveAsync(person, new(Of((Affiliations, "CERN"), (name, value))), Token));

        Assert.Equal(name, Assert.Single(invalid.Errors).Field);
        Assert.StartsWith(error, invalid.Errors[0].Message, StringComparison.Ordinal);
        var after = (await Profiles.FindAsync(person, Token))!;
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.Values, after.Values);
    }

    [Fact]
    public async Task Two_edits_of_different_fields_both_last()
    {
        var (_, person) = await NewPersonAsync();
        var read = (await Profiles.FindAsync(person, Token))!;

        await SavedAsync(person, new(Of((FullName, "Ada"))) { Before = read.Values });
        var second = await SavedAsync(person, new(Of((Affiliations, "CERN"))) { Before = read.Values });

        Assert.Equal(("Ada", "CERN"), (second.Values[FullName], second.Values[Affiliations]));
    }

    [Fact]
    public async Task Of_two_edits_of_one_field_the_later_is_told_and_may_go_over_the_earlier_on_purpose()
    {
        var (_, person) = await NewPersonAsync();
        var read = (await Profiles.FindAsync(person, Token))!;
        await SavedAsync(person, new(Of((FullName, "Ada"))) { Before = read.Values });

        var mine = Of((FullName, "Augusta "), (Affiliations, "CERN"));
        var conflict = Assert.IsType<ProfileOutcome.Conflict>(await Profiles.SaveAsync(person, new(mine) { Before = read.Values }, Token));

        Assert.Equal([new FieldConflict(FullName, "Ada", "Augusta")], conflict.Fields);
        Assert.Equal(("Ada", null), (conflict.Now.Values[FullName], conflict.Now.Values[Affiliations]));
        Assert.Null((await Profiles.FindAsync(person, Token))!.Values[Affiliations]);
        var over = await SavedAsync(person, new(mine) { Before = conflict.Now.Values });
        Assert.Equal(("Augusta", "CERN"), (over.Values[FullName], over.Values[Affiliations]));
    }

    [Fact]
    public async Task Who_wants_what_is_there_already_has_no_conflict_and_writes_nothing()
    {
        var (user, person) = await NewPersonAsync();
        var read = (await Profiles.FindAsync(person, Token))!;
        var first = await SavedAsync(person, new(Of((FullName, "Ada"))) { Before = read.Values });

        var again = await SavedAsync(person, new(Of((FullName, " Ada"))) { Before = read.Values, Version = read.Version });

        Assert.Equal(first.Version, again.Version);
        Assert.Single(await AuditedAsync(user));
    }

    [Fact]
    public async Task Without_what_was_read_the_version_decides()
    {
        var (_, person) = await NewPersonAsync();
        var read = (await Profiles.FindAsync(person, Token))!;
        var first = await SavedAsync(person, new(Of((FullName, "Ada"))) { Version = read.Version });

        var stale = Assert.IsType<ProfileOutcome.Conflict>(await Profiles.SaveAsync(person, new(Of((FullName, "Augusta"))) { Version = read.Version }, Token));

        Assert.Equal([new FieldConflict(FullName, "Ada", "Augusta")], stale.Fields);
        Assert.Equal("Augusta", (await SavedAsync(person, new(Of((FullName, "Augusta"))) { Version = first.Version })).Values[FullName]);
        Assert.Equal("Grace", (await SavedAsync(person, new(Of((FullName, "Grace"))))).Values[FullName]);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        var (_, person) = await NewPersonAsync();
        var read = (await Profiles.FindAsync(person, Token))!;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Profiles.SaveAsync(
            person, new(Of((FullName, number % 2 == 0 ? $"Ada {number}" : null), (PreferenceNames.All[number % 2], "public"))) { Before = read.Values }, Token))));

        // The even ones want different names: one of them was first, the others were told.
        Assert.Single(outcomes.Where((_, number) => number % 2 == 0), outcome => outcome is ProfileOutcome.Saved);
        Assert.Equal(3, outcomes.Count(outcome => outcome is ProfileOutcome.Conflict));
        var now = (await Profiles.FindAsync(person, Token))!;
        Assert.StartsWith("Ada ", now.Values[FullName], StringComparison.Ordinal);
        Assert.Equal(("public", "public"), (now.Values[PreferenceNames.Visibility], now.Values[PreferenceNames.EmailVisibility]));
    }

    [Fact]
    public async Task A_change_is_told_and_written_down_with_the_names_of_its_fields_and_not_their_content()
    {
        var (user, person) = await NewPersonAsync();
        List<AccountEvent> heard = [];
        using var subscription = _host.Get<IAccountEvents>().Subscribe(happened =>
        {
            if (happened.UserId == user.Id)
            {
                heard.Add(happened);
            }
        });

        await SavedAsync(person, new(Of((FullName, "Ada Lovelace"), (PreferenceNames.Theme, "dark"))));

        Assert.Equal([new AccountEvent.UserChanged(user.Id)], heard);
        var rows = await AuditedAsync(user);
        Assert.Equal([AuditKind.ProfileChanged.ToName(), AuditKind.PreferencesChanged.ToName()], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal((user.Id, person.SessionId()), (row.ActorId!.Value, row.SessionId)));
        Assert.Contains("\"fields\":[\"full_name\"]", rows[0].Details, StringComparison.Ordinal);
        Assert.Contains("\"fields\":[\"theme\"]", rows[1].Details, StringComparison.Ordinal);
        Assert.All(rows, row => Assert.DoesNotContain("Lovelace", row.Details, StringComparison.Ordinal));
        var feed = await _host.QueryAsync(context => context.Feed.OrderByDescending(entry => entry.Id).Select(entry => entry.Content).FirstAsync(Token));
        Assert.Contains("user-changed", feed, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_session_that_has_ended_reads_and_saves_nothing()
    {
        var (user, person) = await NewPersonAsync();
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.Null(await Profiles.FindAsync(person, Token));
        Assert.IsType<ProfileOutcome.Gone>(await Profiles.SaveAsync(person, new(Of((FullName, "Ada"))), Token));
        Assert.IsType<ProfileOutcome.Gone>(await Profiles.SaveAsync(new ClaimsPrincipal(), new(Of((FullName, "Ada"))), Token));
        Assert.Equal("{}", await ProfileOfAsync(user));
    }

    [Fact]
    public async Task Another_persons_session_id_opens_nothing()
    {
        var (victim, theirs) = await NewPersonAsync();
        var (own, _) = await NewPersonAsync();
        var mixed = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, own.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), new(SessionClaims.SessionIdType, theirs.SessionId()!)], "test"));

        Assert.Null(await Profiles.FindAsync(mixed, Token));
        Assert.IsType<ProfileOutcome.Gone>(await Profiles.SaveAsync(mixed, new(Of((FullName, "Ada"))), Token));
        Assert.Equal("{}", await ProfileOfAsync(victim));
    }

    [Fact]
    public async Task An_open_page_has_the_new_wishes_as_claims()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        await SavedAsync(await _host.PersonAsync(browser), new(Of((FullName, "Ada"), (PreferenceNames.Language, "fr"), (PreferenceNames.TimeZone, "Europe/Paris"), (PreferenceNames.Theme, "light"))));

        var person = await _host.PersonAsync(browser);

        Assert.Equal(
            ("Ada", "Europe/Paris", "light", null),
            (person.FindFirst(SessionClaims.FullNameType)?.Value, person.FindFirst(SessionClaims.ZoneType)?.Value,
                person.FindFirst(SessionClaims.ThemeType)?.Value, person.FindFirst(SessionClaims.PictureType)?.Value));
        Assert.Equal(user.UserName, person.Identity!.Name);
    }

    [Fact]
    public async Task An_operators_account_starts_with_the_profile_given()
    {
        var made = await _host.Get<IUserAdmin>().CreateAsync(
            new NewUser { Email = "given@example.org", Password = PortalHost.DefaultPassword, Profile = """{"full_name": " Ada ", "affiliations": ""}""" }, Operator.CommandLine, Token);
        var refused = await _host.Get<IUserAdmin>().CreateAsync(
            new NewUser { Email = "refused@example.org", Password = PortalHost.DefaultPassword, Profile = """{"full_name": 5, "orcid": "0"}""" }, Operator.CommandLine, Token);

        Assert.IsType<AdminOutcome.Done>(made);
        Assert.Equal("""{"full_name":"Ada"}""", await _host.QueryAsync(context => context.Users.Where(user => user.Email == "given@example.org").Select(user => user.Profile).SingleAsync(Token)));
        Assert.Equal(
            ["\"full_name\" must be text.", "There is no profile field \"orcid\". The fields are: full_name, affiliations."],
            Assert.IsType<AdminOutcome.Refused>(refused).Errors.Select(error => error.Message));
    }

    private static Dictionary<string, string?> Of(params (string Name, string? Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value);

    private async Task<(TestUser User, ClaimsPrincipal Person)> NewPersonAsync()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        return (user, await _host.PersonAsync(browser));
    }

    private async Task<ProfileInfo> SavedAsync(ClaimsPrincipal person, ProfileEdit edit) =>
        Assert.IsType<ProfileOutcome.Saved>(await Profiles.SaveAsync(person, edit, Token)).Now;

    private Task<List<AuditEvent>> AuditedAsync(TestUser user) =>
        _host.QueryAsync(context => context.AuditEvents
            .Where(row => row.SubjectId == user.Id && (row.Kind == "profile-changed" || row.Kind == "preferences-changed"))
            .OrderBy(row => row.Id).ToListAsync(Token));

    private Task<string> ProfileOfAsync(TestUser user) =>
        _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).Select(row => row.Profile).SingleAsync(Token));
}

using Portal.Accounts.Administration;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.House;

/// <summary>Who changes which field of a person is as <c>Data/README.md</c> says: both doors are asked for every field.</summary>
[Trait("ASVS", "8.1.2")]
public sealed class FieldRulesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string PersonChanges = "sees and changes it";
    private const string AdministratorsChange = "see and change it";

    private static readonly Dictionary<string, string> Examples = new()
    {
        [PreferenceNames.Visibility] = "public",
        [PreferenceNames.EmailVisibility] = "public",
        [PreferenceNames.Language] = "de",
        [PreferenceNames.TimeZone] = "Europe/Lisbon",
        [PreferenceNames.Theme] = "dark",
        [UserEdit.Email] = "somebody-moved@example.org",
    };

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_field_of_both_doors_stands_in_the_table() => Assert.Subset(
        Table().Select(row => row.Field).ToHashSet(),
        _host.Get<IProfileService>().Fields.Select(field => PreferenceNames.OfProfile(field.Name)).Concat(PreferenceNames.All).Append(UserEdit.Email).Append(UserEdit.UserName).ToHashSet());

    [Fact]
    public async Task A_person_changes_what_is_theirs_to_change_and_an_administrator_what_is_theirs()
    {
        foreach (var (field, person, administrators) in Table())
        {
            var (user, own) = await _host.NewPersonAsync();
            var change = new Dictionary<string, string?> { [field] = Examples.GetValueOrDefault(field, $"New{user.Id}") };

            var byPerson = await _host.Get<IProfileService>().SaveAsync(own, new ProfileEdit(change), Token);
            var byAdministrator = await _host.Get<IUserAdmin>().EditAsync($"{user.Id}", new UserEdit(change), Operator.CommandLine, Token);

            Assert.Equal((field, person is PersonChanges), (field, byPerson is ProfileOutcome.Saved));
            Assert.Equal((field, administrators is AdministratorsChange), (field, byAdministrator is AdminOutcome.Done or AdminOutcome.Unchanged));
        }
    }

    private static IReadOnlyList<(string Field, string Person, string Administrators)> Table() =>
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, "src/Portal.Accounts/Data/README.md"))
            .SkipWhile(line => !line.StartsWith("| field |", StringComparison.Ordinal)).Skip(2)
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[0].Trim('`'), cells[1], cells[2])),
    ];
}

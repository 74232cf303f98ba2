using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.House;

/// <summary>The tables of <c>Data/README.md</c> say of every column of what class it is, and the code keeps to it.</summary>
public sealed partial class ColumnClassesTests
{
    /// <summary>On SQLite alone, made in SQL, so no part of the model.</summary>
    private const string SearchTable = "UserText";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "src/Portal.Accounts/Data/README.md"));

    private static readonly IReadOnlyList<string> Classes =
        [.. Rows("| class |").Select(cells => cells[0])];

    private static readonly IReadOnlyList<Written> Tables =
    [
        .. Rows("| table |").SelectMany(cells => cells[0].Split(", ").Select(table => new Written(
            table, cells[2], cells[4], [.. Group().Matches(cells[3]).SelectMany(group => Column().Matches(group.Groups["columns"].Value)
                .Select(column => (column.Groups["name"].Value, group.Groups["class"].Value)))]))),
    ];

    [Fact]
    [Trait("ASVS", "14.1.1")]
    public void Every_table_has_a_class() =>
        Assert.Equal(Stored().Keys.Append(SearchTable).Order(), Tables.Select(table => table.Name).Order());

    [Fact]
    [Trait("ASVS", "14.1.2")]
    public void Every_class_that_is_used_has_its_rules_and_every_table_its_time()
    {
        Assert.Equal(
            Classes.Order(),
            Tables.SelectMany(table => table.Others.Select(other => other.Class).Append(table.Class)).Distinct().Order());
        Assert.All(Tables, table => Assert.NotEmpty(table.Kept));
    }

    [Fact]
    [Trait("ASVS", "14.1.1")]
    public void Every_column_that_sounds_secret_is_given_a_class_by_name_and_every_name_is_a_column()
    {
        var named = Tables.SelectMany(table => table.Others.Select(other => $"{table.Name}.{other.Column}")).ToHashSet();
        var stored = Stored().SelectMany(table => table.Value.Select(column => $"{table.Key}.{column}")).ToList();

        Assert.Empty(stored.Where(column => SoundsSecret().IsMatch(column)).Except(named));
        // Rows that several tables share name what one of them has.
        Assert.Empty(Tables.SelectMany(table => table.Others).Select(other => other.Column).Except(stored.Select(column => column.Split('.')[1])));
    }

    [Fact]
    [Trait("ASVS", "14.2.4")]
    public void What_is_secret_is_in_nobodys_export() => Assert.Empty(
        Tables.SelectMany(table => table.Others.Where(other => other.Class is "secret" && Has(table.Name, other.Column)).Select(other => $"{table.Name}.{other.Column}"))
            .Except(ExportedColumnsTests.LeftOut.Keys));

    [Theory]
    [InlineData("Sessions.KeyHash", true)]
    [InlineData("Authenticators.Key", true)]
    [InlineData("Sessions.Method", false)]
    public void What_sounds_secret_is_told_by_its_name(string column, bool isSo) => Assert.Equal(isSo, SoundsSecret().IsMatch(column));

    private static bool Has(string table, string column) => Stored()[table].Contains(column);

    private static Dictionary<string, IReadOnlySet<string>> Stored()
    {
        using var services = ModelServices.Of(DatabaseProvider.Sqlite);
        using var context = services.Context();
        return context.Model.GetEntityTypes().Where(type => !type.IsOwned()).ToDictionary(
            type => type.GetTableName() ?? type.GetViewName()!,
            IReadOnlySet<string> (type) => type.GetProperties().Select(property => property.GetColumnName()).ToHashSet());
    }

    /// <summary>The cells of the rows below a table's heading.</summary>
    private static IEnumerable<string[]> Rows(string heading) => Lines
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line[1..line.LastIndexOf('|')].Split('|', StringSplitOptions.TrimEntries));

    [GeneratedRegex(@"(?<class>[a-z]+)[^:;`]*: (?<columns>[^;]+)")]
    private static partial Regex Group();

    [GeneratedRegex("`(?<name>[A-Za-z]+)`")]
    private static partial Regex Column();

    [GeneratedRegex("Hash$|Stamp$|Secret|Ticket$|Payload$|Seal$|Salt$|Digest$|Key$|Token$")]
    private static partial Regex SoundsSecret();

    private sealed record Written(string Name, string Class, string Kept, IReadOnlyList<(string Column, string Class)> Others);
}

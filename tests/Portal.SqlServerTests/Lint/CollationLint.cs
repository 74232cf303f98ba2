using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.SqlServerTests.Lint;

/// <summary>
/// Names each column with a collation of its own that is looked for among the texts of a parameter: those have the database's,
/// and a server refuses to compare the two (error 468).
/// </summary>
internal static partial class CollationLint
{
    public static IReadOnlyList<string> Faults(IModel model, string sql)
    {
        var own = OwnCollations(model);
        var tables = Tables().Matches(sql).ToLookup(table => table.Groups["alias"].Value, table => table.Groups["table"].Value);
        return [.. Lookups().Matches(sql)
            .SelectMany(found => tables[found.Groups["alias"].Value].Select(table => $"{table}.{found.Groups["column"].Value}"))
            .Where(own.Contains)
            .Distinct()];
    }

    private static HashSet<string> OwnCollations(IModel model) => [.. model.GetEntityTypes()
        .SelectMany(type => type.GetProperties()
            .Where(property => property.GetCollation() is not null || property.GetComputedColumnSql()?.Contains("COLLATE", StringComparison.Ordinal) == true)
            .Select(property => $"{type.GetTableName() ?? type.GetViewName()}.{property.GetColumnName()}"))];

    [GeneratedRegex(@"\[(?<table>\w+)\] AS \[(?<alias>\w+)\]")]
    private static partial Regex Tables();

    // As Entity Framework writes a list that is one parameter, down to its letters' case.
    [GeneratedRegex(@"\[(?<alias>\w+)\]\.\[(?<column>\w+)\] IN \(\s*SELECT \[(?<list>\w+)\]\.\[value\]\s+FROM OPENJSON\(@\w+\) WITH \(\[value\] n?varchar")]
    private static partial Regex Lookups();
}

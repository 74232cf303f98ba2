using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

/// <summary>How SQLite would go about a statement.</summary>
internal static partial class QueryPlans
{
    /// <summary>The steps of the plan, such as <c>SEARCH s USING INDEX … (Id=?)</c>.</summary>
    public static Task<IReadOnlyList<string>> PlanAsync(this PortalHost host, string statement) => host.QueryAsync(async context =>
    {
        await using var connection = new SqliteConnection(context.Database.GetConnectionString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var explain = connection.CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {statement}";
        foreach (var name in Parameters().Matches(statement).Select(parameter => parameter.Value).Distinct())
        {
            explain.Parameters.AddWithValue(name, DBNull.Value);
        }

        List<string> steps = [];
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            steps.Add(reader.GetString(reader.GetOrdinal("detail")));
        }

        return (IReadOnlyList<string>)steps;
    });

    [GeneratedRegex("@\\w+")]
    private static partial Regex Parameters();
}

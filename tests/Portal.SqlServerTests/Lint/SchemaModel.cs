using Microsoft.SqlServer.Dac.Model;
using Portal.SqlServerTests.Capture;

namespace Portal.SqlServerTests.Lint;

/// <summary>The tables as SQL Server's own tooling understands them; statements are checked against them as procedures.</summary>
internal sealed class SchemaModel : IDisposable
{
    private readonly TSqlModel model = new(SqlServerVersion.Sql150, new TSqlModelOptions());

    public SchemaModel(params IEnumerable<string> scripts)
    {
        foreach (var definition in scripts.SelectMany(TransactSql.Definitions))
        {
            model.AddObjects(definition);
        }
    }

    public void Add(string procedure, CapturedStatement statement) => model.AddObjects(statement.AsProcedure(procedure));

    /// <summary>Unknown tables, columns and types (SQL71501 and the warning SQL71502), bad foreign keys, duplicates: everything it says.</summary>
    public IReadOnlyList<string> Faults() => [.. model.Validate().Select(message => $"{message.Prefix}{message.Number}: {message.Message}")];

    public void Dispose() => model.Dispose();
}

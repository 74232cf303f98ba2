using Microsoft.SqlServer.TransactSql.ScriptDom;
using Portal.SqlServerTests.Lint;

namespace Portal.SqlServerTests.Capture;

/// <summary>What one result of a command looks like: EF reads as many results as it sent statements, and a merge's rows by position.</summary>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Rows">How many rows it has in a filled database.</param>
/// <param name="Empty">What an empty database answers: an insert its row, a count one row of nothing, the rest no row.</param>
internal sealed record ResultShape(int Columns, int Rows, ResultShape.WhenEmpty Empty)
{
    // For SELECT *: more than any table has.
    private const int Many = 100;

    private static readonly HashSet<string> Aggregates =
        new(["COUNT", "COUNT_BIG", "MAX", "MIN", "SUM", "AVG"], StringComparer.OrdinalIgnoreCase);

    internal enum WhenEmpty
    {
        NoRow,
        RowOfNothing,
        Row,
    }

    public static IReadOnlyList<ResultShape> Of(string sql) => TransactSql.Parse(sql).Tree is TSqlScript script
        ? [.. script.Batches.SelectMany(batch => batch.Statements).Select(Of).OfType<ResultShape>()]
        : [];

    private static ResultShape? Of(TSqlStatement statement) => statement switch
    {
        SelectStatement select => Of(Elements(select.QueryExpression), 1, HasAlwaysOneRow(select.QueryExpression) ? WhenEmpty.RowOfNothing : WhenEmpty.NoRow),
        MergeStatement merge => Of(merge.MergeSpecification.OutputClause?.SelectColumns, Merged(merge), WhenEmpty.Row),
        DataModificationStatement change => Of(
            Specification(change)?.OutputClause?.SelectColumns, 1, change is InsertStatement ? WhenEmpty.Row : WhenEmpty.NoRow),
        _ => null,
    };

    /// <summary>Null for what returns nothing, or sets variables only.</summary>
    private static ResultShape? Of(IList<SelectElement>? elements, int rows, WhenEmpty empty) =>
        elements is null || elements.All(element => element is SelectSetVariable) ? null
        : new(elements.Any(element => element is SelectStarExpression) ? Many : elements.Count, rows, empty);

    private static IList<SelectElement>? Elements(QueryExpression query) => query switch
    {
        QuerySpecification plain => plain.SelectElements,
        BinaryQueryExpression union => Elements(union.FirstQueryExpression),
        QueryParenthesisExpression inner => Elements(inner.QueryExpression),
        _ => null,
    };

    /// <summary>Without a table, or an aggregate over all rows: such a query has a row even when there are none to look at.</summary>
    private static bool HasAlwaysOneRow(QueryExpression query) => query is QuerySpecification plain
        && (plain.FromClause is null
            || (plain.GroupByClause is null && plain.SelectElements.OfType<SelectScalarExpression>().Any(element => IsAggregate(element.Expression))));

    private static bool IsAggregate(ScalarExpression expression) => expression switch
    {
        FunctionCall call => Aggregates.Contains(call.FunctionName.Value),
        CastCall cast => IsAggregate(cast.Parameter),
        CoalesceExpression first => first.Expressions.Any(IsAggregate),
        _ => false,
    };

    private static DataModificationSpecification? Specification(DataModificationStatement statement) => statement switch
    {
        InsertStatement insert => insert.InsertSpecification,
        UpdateStatement update => update.UpdateSpecification,
        DeleteStatement delete => delete.DeleteSpecification,
        _ => null,
    };

    private static int Merged(MergeStatement merge) =>
        merge.MergeSpecification.TableReference is InlineDerivedTable values ? values.RowValues.Count : 1;
}

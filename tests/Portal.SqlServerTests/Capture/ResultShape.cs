using Microsoft.SqlServer.TransactSql.ScriptDom;
using Portal.SqlServerTests.Lint;

namespace Portal.SqlServerTests.Capture;

/// <summary>What one result of a command looks like: EF reads as many results as it sent statements, and a merge's rows by position.</summary>
/// <param name="Columns">How many columns it has.</param>
/// <param name="Rows">How many rows it has in a filled database.</param>
/// <param name="Empty">What an empty database answers: an insert its row, a count a row of zero, a maximum a row of null, the rest no row.</param>
/// <param name="IsConstant">Whether it holds no column: EF then asks how many rows were affected, or whether there are any.</param>
internal sealed record ResultShape(int Columns, int Rows, ResultShape.WhenEmpty Empty, bool IsConstant)
{
    // For SELECT *: more than any table has.
    private const int Many = 100;

    private static readonly HashSet<string> Counts = new(["COUNT", "COUNT_BIG"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Aggregates = new(["MAX", "MIN", "SUM", "AVG"], StringComparer.OrdinalIgnoreCase);

    internal enum WhenEmpty
    {
        NoRow,
        RowOfZero,
        RowOfNull,
        Row,
    }

    public static IReadOnlyList<ResultShape> Of(string sql) => TransactSql.Parse(sql).Tree is TSqlScript script
        ? [.. script.Batches.SelectMany(batch => batch.Statements).Select(Of).OfType<ResultShape>()]
        : [];

    private static ResultShape? Of(TSqlStatement statement) => statement switch
    {
        SelectStatement select => Of(Elements(select.QueryExpression), 1, Empties(select.QueryExpression)),
        MergeStatement merge => Of(merge.MergeSpecification.OutputClause?.SelectColumns, Merged(merge), WhenEmpty.Row),
        DataModificationStatement change => Of(
            Specification(change)?.OutputClause?.SelectColumns, 1, change is InsertStatement ? WhenEmpty.Row : WhenEmpty.NoRow),
        _ => null,
    };

    /// <summary>Null for what returns nothing, or sets variables only.</summary>
    private static ResultShape? Of(IList<SelectElement>? elements, int rows, WhenEmpty empty) =>
        elements is null || elements.All(element => element is SelectSetVariable) ? null
        : new(elements.Any(element => element is SelectStarExpression) ? Many : elements.Count, rows, empty, elements.All(IsConstantElement));

    private static bool IsConstantElement(SelectElement element) =>
        element is SelectScalarExpression { Expression: Literal or GlobalVariableExpression };

    private static IList<SelectElement>? Elements(QueryExpression query) => query switch
    {
        QuerySpecification plain => plain.SelectElements,
        BinaryQueryExpression union => Elements(union.FirstQueryExpression),
        QueryParenthesisExpression inner => Elements(inner.QueryExpression),
        _ => null,
    };

    /// <summary>Without a table, or over all rows of one: such a query has a row even when there are none to look at.</summary>
    private static WhenEmpty Empties(QueryExpression query) => query switch
    {
        QuerySpecification { FromClause: null } => WhenEmpty.RowOfZero,
        QuerySpecification { GroupByClause: null } plain when Calls(plain, Counts) => WhenEmpty.RowOfZero,
        QuerySpecification { GroupByClause: null } plain when Calls(plain, Aggregates) => WhenEmpty.RowOfNull,
        _ => WhenEmpty.NoRow,
    };

    private static bool Calls(QuerySpecification query, HashSet<string> functions) =>
        query.SelectElements.OfType<SelectScalarExpression>().Any(element => Calls(element.Expression, functions));

    private static bool Calls(ScalarExpression expression, HashSet<string> functions) => expression switch
    {
        FunctionCall call => functions.Contains(call.FunctionName.Value),
        CastCall cast => Calls(cast.Parameter, functions),
        CoalesceExpression first => first.Expressions.Any(inner => Calls(inner, functions)),
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

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Portal.SqlServerTests.Lint;

/// <summary>
/// Names each function or procedure that is not known to exist on SQL Server 2019: neither the parser nor the model
/// checks them, and EF passes a mapped function's name on as it stands.
/// </summary>
internal sealed class FunctionLint : TSqlFragmentVisitor
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "ABS", "ASCII", "AVG", "CEILING", "CHAR", "CHARINDEX", "CONCAT", "CONCAT_WS", "COUNT", "COUNT_BIG", "DATALENGTH",
        "DATEADD", "DATEDIFF", "DATEDIFF_BIG", "DATEPART", "DB_NAME", "FLOOR", "GETUTCDATE", "IDENT_CURRENT", "ISJSON", "ISNULL", "JSON_MODIFY",
        "JSON_QUERY", "JSON_VALUE", "LEN", "LOWER", "LTRIM", "MAX", "MIN", "NEWID", "OBJECT_ID", "PATINDEX", "QUOTENAME", "REPLACE",
        "REPLICATE", "REVERSE", "ROUND", "ROW_NUMBER", "RTRIM", "SCHEMA_ID", "SCHEMA_NAME", "SIGN", "STRING_AGG", "STRING_SPLIT",
        "STUFF", "SUBSTRING", "SUM", "SWITCHOFFSET", "SYSDATETIMEOFFSET", "SYSUTCDATETIME", "TODATETIMEOFFSET", "TRIM", "UPPER",
        // Procedures: the lock around migrations, and a statement in a string, which is looked into.
        "sp_getapplock", "sp_releaseapplock",
    };

    private readonly List<string> unknown = [];

    public static IReadOnlyList<string> Faults(string sql)
    {
        var lint = new FunctionLint();
        TransactSql.Parse(sql).Tree.Accept(lint);
        return lint.unknown;
    }

    public override void Visit(FunctionCall node)
    {
        if (node.CallTarget is not null)
        {
            // schema.function(…): nothing of ours; and xml or geography methods, which are not portable.
            unknown.Add("." + node.FunctionName.Value);
        }

        Check(node.FunctionName.Value);
    }

    public override void Visit(GlobalFunctionTableReference node) => Check(node.Name.Value);

    public override void Visit(SchemaObjectFunctionTableReference node) => Check(node.SchemaObject.BaseIdentifier.Value);

    public override void Visit(ExecutableProcedureReference node) =>
        Check(node.ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value);

    public override void Visit(ExecutableStringList node)
    {
        // Put together of several, a name known only on the server stands in between; migrations drop constraints so.
        if (node.Strings is [StringLiteral whole])
        {
            unknown.AddRange(TransactSql.Parse(whole.Value).Faults);
            unknown.AddRange(Faults(whole.Value));
        }
    }

    private void Check(string name)
    {
        if (!Known.Contains(name))
        {
            unknown.Add(name);
        }
    }
}

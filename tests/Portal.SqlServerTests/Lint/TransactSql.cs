using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Portal.SqlServerTests.Lint;

/// <summary>Reads T-SQL as the oldest server the portal promises to run on, SQL Server 2019, reads it.</summary>
internal static class TransactSql
{
    /// <summary>The script's tree, and where it cannot be read.</summary>
    public static (TSqlFragment Tree, IReadOnlyList<string> Faults) Parse(string sql)
    {
        var tree = new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
        return (tree, [.. errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message}")]);
    }

    /// <summary>The statements of a script that define tables, views and indexes, one by one, without the conditions around them.</summary>
    public static IReadOnlyList<string> Definitions(string script)
    {
        var definitions = new DefinitionVisitor(script);
        Parse(script).Tree.Accept(definitions);
        return definitions.Found;
    }

    /// <summary>Whether a statement makes or takes a table or an index.</summary>
    public static bool Defines(string sql)
    {
        var drops = new DropVisitor();
        Parse(sql).Tree.Accept(drops);
        return drops.HasFound || Definitions(sql).Count > 0;
    }

    private sealed class DropVisitor : TSqlFragmentVisitor
    {
        public bool HasFound { get; private set; }

        public override void Visit(DropIndexStatement node) => HasFound = true;
    }

    private sealed class DefinitionVisitor(string script) : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(CreateTableStatement node) => Add(node);

        public override void Visit(CreateViewStatement node) => Add(node);

        public override void Visit(CreateIndexStatement node) => Add(node);

        public override void Visit(AlterTableStatement node) => Add(node);

        private void Add(TSqlStatement node) => Found.Add(script.Substring(node.StartOffset, node.FragmentLength));
    }
}

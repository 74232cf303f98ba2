using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.SqlServerTests.Lint;

/// <summary>
/// Error 1785: SQL Server refuses a table that one delete would reach by two paths, and any circle. Every action but
/// "no action" is a step of a path.
/// </summary>
internal static class CascadeLint
{
    public static IReadOnlyList<string> Faults(IRelationalModel model) =>
        [.. model.Tables.SelectMany(Faults).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Faults(ITable start)
    {
        Dictionary<ITable, string> reached = [];
        List<string> faults = [];
        Follow(start, [start], reached, faults);
        return faults;
    }

    private static void Follow(ITable table, IReadOnlyList<ITable> path, Dictionary<ITable, string> reached, List<string> faults)
    {
        foreach (var step in table.ReferencingForeignKeyConstraints.Where(IsStep))
        {
            List<ITable> longer = [.. path, step.Table];
            var drawn = string.Join(" → ", longer.Select(passed => passed.Name));
            if (path.Contains(step.Table))
            {
                faults.Add("A circle of cascades: " + drawn);
            }
            else if (!reached.TryAdd(step.Table, drawn))
            {
                faults.Add($"Two cascade paths: {reached[step.Table]} and {drawn} by {step.Name}");
            }
            else
            {
                Follow(step.Table, longer, reached, faults);
            }
        }
    }

    private static bool IsStep(IForeignKeyConstraint key) =>
        key.OnDeleteAction is not (ReferentialAction.NoAction or ReferentialAction.Restrict);
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.SqlServerTests.Lint;

/// <summary>Column types that SQL Server 2019 lacks or has retired, and keys wider than it takes.</summary>
internal static partial class StoreTypeLint
{
    private const int ClusteredBytes = 900;
    private const int NonclusteredBytes = 1700;

    private static readonly Dictionary<string, int> FixedBytes = new()
    {
        ["bit"] = 1,
        ["tinyint"] = 1,
        ["smallint"] = 2,
        ["int"] = 4,
        ["bigint"] = 8,
        ["real"] = 4,
        ["float"] = 8,
        ["decimal"] = 17,
        ["date"] = 3,
        ["time"] = 5,
        ["datetime2"] = 8,
        ["datetimeoffset"] = 10,
        ["uniqueidentifier"] = 16,
        ["rowversion"] = 8,
    };

    // Bytes a unit of length, and the longest length.
    private static readonly Dictionary<string, (int Unit, int Longest)> Variable = new()
    {
        ["nvarchar"] = (2, 4000),
        ["nchar"] = (2, 4000),
        ["varchar"] = (1, 8000),
        ["char"] = (1, 8000),
        ["varbinary"] = (1, 8000),
        ["binary"] = (1, 8000),
    };

    public static IReadOnlyList<string> Faults(IRelationalModel model) =>
    [
        .. model.Tables.SelectMany(table => table.Columns).Select(Fault).OfType<string>(),
        .. model.Tables.SelectMany(KeyFaults),
    ];

    private static string? Fault(IColumn column)
    {
        var (name, length) = Read(column.StoreType);
        var isFine = FixedBytes.ContainsKey(name)
            || (Variable.TryGetValue(name, out var variable) && (length is null || length <= variable.Longest));
        return isFine ? null : $"{column.Table.Name}.{column.Name} is {column.StoreType}";
    }

    private static IEnumerable<string> KeyFaults(ITable table)
    {
        foreach (var key in table.UniqueConstraints)
        {
            var clustered = key.MappedKeys.First().IsClustered() ?? key.GetIsPrimaryKey();
            if (Fault(key.Name, key.Columns, clustered) is { } fault)
            {
                yield return fault;
            }
        }

        foreach (var index in table.Indexes)
        {
            if (Fault(index.Name, index.Columns, index.MappedIndexes.First().IsClustered() ?? false) is { } fault)
            {
                yield return fault;
            }
        }
    }

    private static string? Fault(string key, IReadOnlyList<IColumn> columns, bool clustered)
    {
        if (columns.FirstOrDefault(column => Bytes(column.StoreType) is null) is { } endless)
        {
            return $"{key} holds {endless.Name}, which is {endless.StoreType}";
        }

        var bytes = columns.Sum(column => Bytes(column.StoreType));
        var most = clustered ? ClusteredBytes : NonclusteredBytes;
        return bytes <= most ? null : $"{key} is {bytes} bytes wide, the most is {most}";
    }

    private static int? Bytes(string storeType)
    {
        var (name, length) = Read(storeType);
        return FixedBytes.TryGetValue(name, out var bytes) ? bytes
            : Variable.TryGetValue(name, out var variable) && length is not null ? length * variable.Unit
            : null;
    }

    /// <summary>"nvarchar(64)" is nvarchar and 64; "nvarchar(max)" and "text" have no length.</summary>
    private static (string Name, int? Length) Read(string storeType)
    {
        var match = StoreType().Match(storeType);
        return (match.Groups["name"].Value, match.Groups["length"] is { Success: true, Value: var length }
            ? int.Parse(length, CultureInfo.InvariantCulture)
            : null);
    }

    [GeneratedRegex(@"^(?<name>\w+)(\(((?<length>\d+)(,\s*\d+)?|max)\))?$")]
    private static partial Regex StoreType();
}

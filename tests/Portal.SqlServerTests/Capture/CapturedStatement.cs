using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace Portal.SqlServerTests.Capture;

/// <summary>A command's text and the declarations of its parameters, so that it can stand as a procedure.</summary>
internal sealed record CapturedStatement(string Sql, string Declarations)
{
    public static CapturedStatement Of(string sql, IEnumerable<SqlParameter> parameters) =>
        new(sql, string.Join(", ", parameters.Select(Declaration)));

    public string AsProcedure(string name) => $"CREATE PROCEDURE [dbo].[{name}] {Declarations} AS\nBEGIN\n{Sql}\nEND";

    private static string Declaration(SqlParameter parameter)
    {
        var name = parameter.ParameterName.StartsWith('@') ? parameter.ParameterName : "@" + parameter.ParameterName;
        return name + " " + StoreType(parameter) + (parameter.Direction is ParameterDirection.Input ? "" : " OUTPUT");
    }

    private static string StoreType(SqlParameter parameter)
    {
        var type = parameter.SqlDbType.ToString().ToLowerInvariant();
        return parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.NChar => $"{type}({Length(parameter.Size, 4000)})",
            SqlDbType.VarChar or SqlDbType.Char or SqlDbType.VarBinary or SqlDbType.Binary => $"{type}({Length(parameter.Size, 8000)})",
            SqlDbType.Decimal => "decimal(38, 10)",
            SqlDbType.Variant => "sql_variant",
            _ => type,
        };
    }

    private static string Length(int size, int longest) =>
        size > 0 && size <= longest ? size.ToString(CultureInfo.InvariantCulture) : "max";
}

using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Portal.SqlServerTests.Capture;

/// <summary>Takes SQL Server's own parameters, because EF casts to them, and runs nothing.</summary>
internal sealed class RecordingCommand(Recorder recorder) : DbCommand
{
    private readonly SqlCommand parameters = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; } = 30;

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => parameters.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override void Prepare()
    {
    }

    public override int ExecuteNonQuery()
    {
        Record();
        return recorder.Answers is Answers.NoRows ? 0 : 1;
    }

    public override object? ExecuteScalar()
    {
        Record();
        return recorder.Answers is Answers.NoRows ? null : 1;
    }

    protected override DbParameter CreateDbParameter() => new SqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        Record();
        return new RecordingReader(ResultShape.Of(CommandText), recorder.Answers);
    }

    private void Record() => recorder.Add(CapturedStatement.Of(CommandText, parameters.Parameters.Cast<SqlParameter>()));
}

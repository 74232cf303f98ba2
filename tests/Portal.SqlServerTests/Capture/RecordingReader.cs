using System.Collections;
using System.Data.Common;
using System.Globalization;
using Portal.SqlServerTests.Samples;

namespace Portal.SqlServerTests.Capture;

/// <summary>Results of the shapes that the command asked for, every value made up.</summary>
internal sealed class RecordingReader(IReadOnlyList<ResultShape> results, Answers answers) : DbDataReader
{
    private readonly bool isEmpty = answers is Answers.NoRows;
    private int result;
    private int row = -1;

    public override int FieldCount => Shape?.Columns ?? 0;

    public override bool HasRows => Rows > 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => Rows;

    public override int Depth => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(0);

    private ResultShape? Shape => result < results.Count ? results[result] : null;

    private int Rows => Shape switch
    {
        null => 0,
        { Empty: ResultShape.WhenEmpty.NoRow } when isEmpty => 0,
        _ when IsNothing => 1,
        var shape => shape.Rows,
    };

    private bool IsNothing => isEmpty && Shape is { Empty: ResultShape.WhenEmpty.RowOfZero or ResultShape.WhenEmpty.RowOfNull };

    public override bool Read() => ++row < Rows;

    public override bool NextResult()
    {
        row = -1;
        return ++result < results.Count;
    }

    /// <summary>EF asks only for columns that may be null.</summary>
    public override bool IsDBNull(int ordinal) => Shape?.Empty switch
    {
        ResultShape.WhenEmpty.NoRow => answers is Answers.BareRow,
        ResultShape.WhenEmpty.RowOfNull => answers is not Answers.OneRow,
        _ => false,
    };

    public override T GetFieldValue<T>(int ordinal) => (T)SampleValues.Of(typeof(T))!;

    public override bool GetBoolean(int ordinal) => !IsNothing;

    public override byte GetByte(int ordinal) => 1;

    public override char GetChar(int ordinal) => 'a';

    public override DateTime GetDateTime(int ordinal) => GetFieldValue<DateTime>(ordinal);

    public override decimal GetDecimal(int ordinal) => 1;

    public override double GetDouble(int ordinal) => 1;

    public override float GetFloat(int ordinal) => 1;

    public override Guid GetGuid(int ordinal) => GetFieldValue<Guid>(ordinal);

    public override short GetInt16(int ordinal) => 1;

    /// <summary>The last column of a merge is the row's position.</summary>
    public override int GetInt32(int ordinal) => Rows > 1 && ordinal == FieldCount - 1 ? row : (int)GetInt64(ordinal);

    /// <summary>Another number in each row, because keys are such.</summary>
    public override long GetInt64(int ordinal) => IsNothing ? 0 : Shape is { IsConstant: true } ? 1 : 1 + row + (100 * result);

    public override string GetString(int ordinal) => SampleValues.Text;

    public override object GetValue(int ordinal) => 1;

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override string GetDataTypeName(int ordinal) => "int";

    public override Type GetFieldType(int ordinal) => typeof(int);

    public override string GetName(int ordinal) => "Column" + ordinal.ToString(CultureInfo.InvariantCulture);

    public override int GetOrdinal(string name) => 0;

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}

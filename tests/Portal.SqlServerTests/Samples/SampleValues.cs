namespace Portal.SqlServerTests.Samples;

/// <summary>One plausible value of each plain type.</summary>
internal static class SampleValues
{
    /// <summary>Short enough for every column, and readable as JSON.</summary>
    public const string Text = "{}";

    private static readonly DateTimeOffset Moment = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly Dictionary<Type, object> Plain = new()
    {
        [typeof(string)] = Text,
        [typeof(bool)] = true,
        [typeof(byte)] = (byte)1,
        [typeof(short)] = (short)1,
        [typeof(int)] = 1,
        [typeof(uint)] = 1u,
        [typeof(long)] = 1L,
        [typeof(ulong)] = 1ul,
        [typeof(double)] = 1d,
        [typeof(float)] = 1f,
        [typeof(decimal)] = 1m,
        [typeof(Guid)] = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        [typeof(TimeSpan)] = TimeSpan.FromHours(1),
        [typeof(DateTimeOffset)] = Moment,
        [typeof(DateTime)] = Moment.UtcDateTime,
        [typeof(DateOnly)] = DateOnly.FromDateTime(Moment.UtcDateTime),
        [typeof(TimeOnly)] = TimeOnly.FromDateTime(Moment.UtcDateTime),
        [typeof(Uri)] = new Uri("http://localhost/"),
    };

    /// <summary>The value; null for a type that is not plain.</summary>
    public static object? Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(byte[]))
        {
            return Enumerable.Range(0, 32).Select(number => (byte)number).ToArray();
        }

        if (plain.IsEnum)
        {
            return Enum.GetValues(plain).GetValue(0);
        }

        if (plain.IsArray && Of(plain.GetElementType()!) is { } element)
        {
            var array = Array.CreateInstance(plain.GetElementType()!, 1);
            array.SetValue(element, 0);
            return array;
        }

        return Plain.GetValueOrDefault(plain);
    }
}

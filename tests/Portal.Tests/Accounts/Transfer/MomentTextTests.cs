using System.Text.Json;
using Portal.Accounts.Transfer;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>A moment means the same in each kind of file.</summary>
public sealed class MomentTextTests
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new MomentText() } };

    [Theory]
    [InlineData("2031-02-03T04:05:06Z")]
    [InlineData("2031-02-03T04:05Z")]
    [InlineData("2031-02-03T04:05:06.1234567Z")]
    [InlineData("2031-02-03T04:05:06.12345678Z")]
    [InlineData("2031-02-03T04:05:06.123456789Z")]
    [InlineData("2031-02-03T04:05:06.1234567+02:00")]
    [InlineData("2031-02-03 04:05:06Z")]
    [InlineData("2031-02-03 04:05:06+02:00")]
    [InlineData("2031-02-03T04:05:06z")]
    [InlineData("2031-02-03")]
    public void It_is_read_from_JSON_as_from_CSV(string text)
    {
        Assert.True(MomentText.TryRead(text, out var fromCsv), "It is no moment in CSV.");

        var fromJson = JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(text), Json);

        Assert.Equal((fromCsv, TimeSpan.Zero), (fromJson, fromJson.Offset));
    }

    [Theory]
    [InlineData("2031-02-30T04:05:06Z")]
    [InlineData("31-02-03T04:05:06Z")]
    [InlineData("Z")]
    [InlineData("")]
    public void What_is_none_is_refused_by_both(string text)
    {
        Assert.False(MomentText.TryRead(text, out _));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DateTimeOffset>(JsonSerializer.Serialize(text), Json));
    }
}

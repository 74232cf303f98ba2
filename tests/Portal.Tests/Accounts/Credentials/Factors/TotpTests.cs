using System.Text;
using Portal.Accounts.Credentials.Factors;

namespace Portal.Tests.Accounts.Credentials.Factors;

public sealed class TotpTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long second, string code) =>
        Assert.Equal(code, Totp.CodeAt(Key, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(second))));

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    [InlineData(-2, false)]
    [InlineData(1, false)]
    [Trait("ASVS", "6.5.5")]
    public void The_running_step_and_the_one_before_are_taken_and_no_other(int away, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = Totp.StepAt(now) + away;

        Assert.Equal(isTaken ? step : null, Totp.StepOf(Key, Totp.CodeAt(Key, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("0059240")]
    [InlineData("５９２４００")]
    public void What_is_no_code_is_refused(string typed) =>
        Assert.Null(Totp.StepOf(Key, typed, DateTimeOffset.FromUnixTimeSeconds(1234567890)));

    [Fact]
    [Trait("ASVS", "6.5.3")]
    public void Keys_have_160_random_bits()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => Totp.NewKey()).ToList();

        Assert.All(keys, key => Assert.Equal(20, key.Length));
        Assert.Equal(50, keys.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Keys_are_written_in_the_standards_base_32(string text, string written) =>
        Assert.Equal(written, Base32.Encode(Encoding.ASCII.GetBytes(text)));
}

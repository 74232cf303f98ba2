namespace Portal.Tests.House;

public sealed class AsvsRowsTests
{
    // 107 lines of the requirements, ranges written out.
    private const int Rows = 130;

    [Fact]
    public void Every_row_has_a_test_or_a_reason()
    {
        var tested = AsvsRows.Tested();
        Assert.Empty(AsvsRows.Listed().Select(row => row.Fault(tested)).OfType<string>());
    }

    [Fact]
    public void Every_row_a_test_names_is_listed() =>
        Assert.Empty(AsvsRows.Tested().Except(AsvsRows.Listed().Select(row => row.Number)));

    [Fact]
    public void The_list_is_whole()
    {
        var numbers = AsvsRows.Listed().Select(row => row.Number).ToList();
        Assert.Equal(Rows, numbers.Count);
        Assert.Equal(Rows, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData("| 7.4.1 | Ended is ended | |", false)]
    [InlineData("| 7.4.1 | Ended is ended | Does not apply: nothing begins. |", true)]
    [InlineData("| 7.4.1 | Ended is ended | Comes with sessions. |", false)]
    [InlineData("| 7.4.2 | Gone is gone | |", true)]
    [InlineData("| 7.4.2 | Gone is gone | Does not apply: nothing goes. |", false)]
    public void A_row_with_neither_or_both_or_a_promise_is_told(string line, bool isFine)
    {
        var row = Assert.Single(AsvsRows.Read([line]));
        Assert.Equal(isFine, row.Fault(new HashSet<string> { "7.4.2" }) is null);
    }
}

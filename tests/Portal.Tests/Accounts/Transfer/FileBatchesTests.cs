using Portal.Accounts.Transfer;

namespace Portal.Tests.Accounts.Transfer;

public sealed class FileBatchesTests
{
    [Theory]
    [InlineData(new long[] { }, new int[] { })]
    [InlineData(new long[] { 1, 1, 1, 1, 1 }, new[] { 3, 2 })]
    [InlineData(new long[] { 60, 40, 1, 99, 1 }, new[] { 2, 2, 1 })]
    [InlineData(new long[] { 500, 500, 1 }, new[] { 1, 1, 1 })]
    public async Task A_batch_ends_at_three_lines_or_at_a_hundred_bytes_and_has_one_line_at_least(long[] lengths, int[] expected)
    {
        var lines = lengths.Select((length, index) => new FileLine(index + 1, length, null, null)).ToList();

        var batches = await lines.ToAsyncEnumerable().InBatches(3, 100, maxRows: 10, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, batches.Select(batch => batch.Length));
        Assert.Equal(lines, batches.SelectMany(batch => batch));
    }

    [Fact]
    public async Task People_of_many_roles_are_fewer()
    {
        List<string> roles = [.. Enumerable.Range(1, 4).Select(number => $"role{number}")];
        var lines = Enumerable.Range(1, 3).Select(number => new FileLine(number, 1, new UserRecord { Roles = number == 2 ? roles : null }, null)).ToList();

        var batches = await lines.ToAsyncEnumerable().InBatches(3, 100, maxRows: 10, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2, 1], batches.Select(batch => batch.Length));
    }
}

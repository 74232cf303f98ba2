using System.Text.Json;
using Portal.Cli;

namespace Portal.Tests.Web.Cli;

public sealed class VerbPrinterTests
{
    private readonly StringWriter _output = new();

    [Fact]
    public void What_would_move_a_terminals_cursor_is_blank()
    {
        Assert.Equal("Work  [2J laptop\nnext", VerbPrinter.Shown("Work \u001b[2J\tlaptop\r\nnext"));
    }

    [Theory]
    [InlineData(false, "It failed.")]
    [InlineData(true, "\e[31mIt failed.\e[0m")]
    public void A_failure_is_red_where_there_are_colours(bool hasColors, string written)
    {
        var console = new VerbConsole(TextReader.Null, TextWriter.Null, _output) { HasColors = hasColors };

        new VerbPrinter(console, isJson: false).Failure(["It\nfailed."], []);

        Assert.Equal(written, _output.ToString().TrimEnd());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_page_of_a_list_is_written_before_the_next_is_read(bool isJson)
    {
        await Printer(isJson).ListAsync(Pages(), ["NAME"], name => [name]);

        if (isJson)
        {
            Assert.Equal("""{"results":["first","second"],"total":2}""", _output.ToString().Trim());
        }

        async IAsyncEnumerable<IReadOnlyList<string>> Pages()
        {
            yield return ["first"];
            Assert.Contains("first", _output.ToString(), StringComparison.Ordinal);
            await Task.CompletedTask;
            yield return ["second"];
            Assert.Contains("second", _output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_list_that_breaks_off_is_one_document_that_says_why()
    {
        var print = Printer(isJson: true);

        await Assert.ThrowsAsync<IOException>(() => print.ListAsync(Pages(), ["NAME"], name => [name]));
        print.Failure(["It broke."], []);

        var document = JsonSerializer.Deserialize<JsonElement>(_output.ToString());
        Assert.Equal((1, 1, "It broke."), (document.GetProperty("results").GetArrayLength(), document.GetProperty("total").GetInt32(), document.GetProperty("error").GetString()));

        static async IAsyncEnumerable<IReadOnlyList<string>> Pages()
        {
            await Task.CompletedTask;
            yield return ["first"];
            throw new IOException();
        }
    }

    private VerbPrinter Printer(bool isJson) => new(new VerbConsole(TextReader.Null, _output, TextWriter.Null), isJson);
}

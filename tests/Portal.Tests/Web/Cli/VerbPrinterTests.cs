using Portal.Cli;

namespace Portal.Tests.Web.Cli;

public sealed class VerbPrinterTests
{
    [Fact]
    public void What_would_move_a_terminals_cursor_is_blank()
    {
        Assert.Equal("Work  [2J laptop\nnext", VerbPrinter.Shown("Work \u001b[2J\tlaptop\r\nnext"));
    }
}

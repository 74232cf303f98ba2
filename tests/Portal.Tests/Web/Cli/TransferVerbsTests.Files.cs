using System.Text;
using System.Text.Json;
using Portal.Accounts.Transfer;

namespace Portal.Tests.Web.Cli;

/// <summary>Files that break off or hold what is no text.</summary>
public sealed partial class TransferVerbsTests
{
    [Fact]
    public async Task An_import_that_breaks_off_says_what_was_done_and_goes_on_when_it_is_run_again()
    {
        var there = FileBatches.MaxLines + 10;
        var people = string.Concat(Enumerable.Range(1, there).Select(number => $"person{number}@example.org\n"));
        await WriteAsync("endless.csv", $"email\nwrong\n{people}\"without end{new string('x', 1_100_000)}");

        var text = await _cli.RunAsync("users", "import", Path("endless.csv"), "--dry-run");
        var json = await _cli.RunAsync("users", "import", Path("endless.csv"), "--json");
        await WriteAsync("whole.csv", $"email\n{people}");
        var again = await _cli.JsonAsync("users", "import", Path("whole.csv"));

        Assert.Contains("is a quote missing?", text.Error, StringComparison.Ordinal);
        var answer = JsonSerializer.Deserialize<JsonElement>(json.Output);
        var done = answer.GetProperty("imported").GetInt32();
        Assert.Equal((1, 1, 2), (json.Status, answer.GetProperty("refused").GetInt32(), answer.GetProperty("refused_lines")[0].GetProperty("line").GetInt32()));
        Assert.Equal(FileBatches.MaxLines - 1, done);
        Assert.Contains("is a quote missing?", answer.GetProperty("stopped").GetString(), StringComparison.Ordinal);
        Assert.Equal((done, there - done), (again.GetProperty("already_there").GetInt32(), again.GetProperty("imported").GetInt32()));
    }

    [Fact]
    public async Task What_is_no_text_or_without_end_is_told_and_nothing_else_is_lost()
    {
        await File.WriteAllBytesAsync(Path("odd.jsonl"), [0xEF, 0xBB, 0xBF, .. "{\"email\": \"a@example.org\"}\r\n{\"email\": \"\xFF@example.org\"}\n"u8, .. "{\"email\": \""u8, 0xFF, .. "@example.org\"}\n"u8, .. Encoding.ASCII.GetBytes("{\"email\": \"" + new string('x', 3_000_000)), (byte)'\n', .. "{\"email\": \"z@example.org\"}"u8], Cancel);
        await File.WriteAllBytesAsync(Path("odd.csv"), [.. "email\nb"u8, 0xFF, .. "@example.org\ny@example.org\n"u8], Cancel);

        var result = await _cli.RunAsync("users", "import", Path("odd.jsonl"));

        Assert.Contains("Line 3: \"email\" cannot be read: give a text in UTF-8.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Line 4: The line is longer than 1 MiB.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Imported people 3", result.Error, StringComparison.Ordinal);
        var csv = await _cli.RunAsync("users", "import", Path("odd.csv"));
        Assert.Contains("Line 2: \"email\" cannot be read: give a text in UTF-8.", csv.Error, StringComparison.Ordinal);
        Assert.Contains("Imported people 1", csv.Error, StringComparison.Ordinal);
        Assert.Equal($"There is no file {Path("nowhere.jsonl")}.", (await _cli.RunAsync("users", "import", Path("nowhere.jsonl"))).Failure);
        Assert.Equal($"{_cli.DataDirectory} is a folder; name a file.", (await _cli.RunAsync("users", "import", _cli.DataDirectory)).Failure);
        Assert.Equal($"{_cli.DataDirectory} is a folder; name a file.", (await _cli.RunAsync("users", "export", _cli.DataDirectory)).Failure);
        Assert.Equal("/dev/nothing is a device, and would be replaced by a file; name another.", (await _cli.RunAsync("users", "export", "/dev/nothing")).Failure);
        Assert.Equal($"There is no folder {Path("nowhere")} to write to.", (await _cli.RunAsync("audit", "export", Path("nowhere/log.jsonl"))).Failure);
    }
}

using System.Text.RegularExpressions;

namespace Portal.Tests.House;

/// <summary>Words that must not stand in a source file. Each is put together here, so that this file does not hold it.</summary>
public sealed class TextRulesTests
{
    private const int MostLines = 300;

    private static readonly Regex Clock = new(@"\bDateTime(Offset)?\s*\.\s*(Now|UtcNow|Today)\b");
    private static readonly Regex Sleep = new(@"\bThread\s*\.\s*Sleep\b");
    private static readonly Regex RandomUuid = new(@"\bGuid\s*\.\s*New" + @"Guid\s*\(");
    private static readonly Regex WeakRandom = new(@"\bnew\s+Random\s*\(|\bRandom\s*\.\s*Shared\b");
    private static readonly Regex Promise = new(@"\b(TO" + "DO|FIX" + @"ME|HA" + @"CK)\b");

    private static readonly Regex LogsElsewhere = new(@"\bLogging\s*\.\s*Add\w+|\bILoggerProvider\b");
    private static readonly Regex TakenByHand = new(@"SetProperty\((?<user>\w+) => \k<user>\.IsActive,");
    private static readonly Regex EndByHand = new(@"SetProperty\(\w+ => \w+\.End(Reason|edAt)\b|\w\.End(Reason|edAt) = ");

    [Fact]
    public void Time_comes_from_the_time_provider() => Assert.Empty(Holding(Clock, "src", "tests"));

    [Fact]
    public void Nothing_sleeps_but_who_is_asked_by_SQLite_whether_to_look_again() =>
        Assert.All(Holding(Sleep, "src", "tests"), place => Assert.StartsWith("src/Portal.Accounts/Data/WriterPatience.cs", place, StringComparison.Ordinal));

    [Fact]
    [Trait("ASVS", "11.5.1")]
    public void No_random_uuid_stands_for_a_secret() => Assert.Empty(Holding(RandomUuid, "src", "tests"));

    [Fact]
    [Trait("ASVS", "6.5.3")]
    public void No_random_number_is_predictable() => Assert.Empty(Holding(WeakRandom, "src"));

    [Fact]
    public void Nothing_is_promised_for_later() => Assert.Empty(Holding(Promise, "src", "tests"));

    [Fact]
    [Trait("ASVS", "16.2.3")]
    public void Log_lines_go_where_the_framework_sends_them_and_a_commands_to_standard_error() =>
        Assert.Equal(["src/Portal/Cli/VerbHost.cs"], Holding(LogsElsewhere, "src").Select(line => line.Split(':')[0]).Distinct());

    [Fact]
    public void Sessions_end_in_one_place() => Assert.Equal(["SessionEnder.cs"], SourceTree.Files("src")
        .Where(file => EndByHand.IsMatch(File.ReadAllText(file)))
        .Select(Path.GetFileName));

    [Fact]
    public void A_users_row_is_taken_in_one_way() => Assert.Equal(["UserRows.cs"], SourceTree.Files("src")
        .Where(file => TakenByHand.IsMatch(File.ReadAllText(file)))
        .Select(Path.GetFileName));

    [Fact]
    public void No_file_is_longer_than_300_lines() => Assert.Empty(SourceTree.Files("src").Concat(SourceTree.Files("tests"))
        .Where(file => File.ReadLines(file).Skip(MostLines).Any())
        .Select(Relative));

    [Fact]
    public void No_file_is_a_bag() => Assert.Empty(SourceTree.Files("src")
        .Where(file => Path.GetFileNameWithoutExtension(file) is "Extensions" or "Constants" or "Helpers" or "Utils" or "Common")
        .Select(Relative));

    [Theory]
    [InlineData("var now = DateTime" + ".UtcNow;", nameof(Clock))]
    [InlineData("DateTimeOffset" + ".Now.Ticks", nameof(Clock))]
    [InlineData("Thread" + ".Sleep(5)", nameof(Sleep))]
    [InlineData("var id = Guid" + ".NewGuid();", nameof(RandomUuid))]
    [InlineData("var dice = new " + "Random(5);", nameof(WeakRandom))]
    [InlineData("Random" + ".Shared.Next()", nameof(WeakRandom))]
    [InlineData("// TO" + "DO: later", nameof(Promise))]
    [InlineData("row.SetProperty(user => user." + "IsActive, true)", nameof(TakenByHand))]
    [InlineData("session." + "EndReason = \"idle\";", nameof(EndByHand))]
    public void Each_rule_knows_what_it_forbids(string line, string rule) => Assert.Matches(rule switch
    {
        nameof(Clock) => Clock,
        nameof(Sleep) => Sleep,
        nameof(RandomUuid) => RandomUuid,
        nameof(WeakRandom) => WeakRandom,
        nameof(TakenByHand) => TakenByHand,
        nameof(EndByHand) => EndByHand,
        _ => Promise,
    }, line);

    private static IReadOnlyList<string> Holding(Regex words, params string[] folders) =>
    [
        .. folders.SelectMany(SourceTree.Files).SelectMany(file => File.ReadLines(file)
            .Select((line, index) => (line, index))
            .Where(pair => words.IsMatch(pair.line))
            .Select(pair => $"{Relative(file)}:{pair.index + 1}: {pair.line.Trim()}")),
    ];

    private static string Relative(string file) => Path.GetRelativePath(SourceTree.Root, file);
}

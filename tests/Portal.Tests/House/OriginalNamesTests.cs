using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Portal.Testing;

namespace Portal.Tests.House;

/// <summary>Where each name of the original lives now, said in a document: what it names is there.</summary>
public sealed partial class OriginalNamesTests
{
    private static readonly string[] Here =
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, "src/Portal.Accounts/Transfer/FromInvenio.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line[line.IndexOf(" | ", StringComparison.Ordinal)..]))
            .Select(match => match.Groups[1].Value),
    ];

    [Fact]
    public void Every_type_and_member_it_names_is_there()
    {
        var types = new[] { OurAssemblies.Accounts, OurAssemblies.Portal, typeof(PortalHost).Assembly }.SelectMany(OurAssemblies.Types).ToLookup(type => type.Name.Split('`')[0]);
        var named = Here.Select(name => TypeName().Match(name)).Where(match => match.Success).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.True(
            types[match.Groups["type"].Value].Any(type => match.Groups["member"] is not { Success: true } member || type.GetMember(member.Value).Length > 0)
            || types.SelectMany(each => each).Any(type => type.IsPublic && type.GetMember(match.Groups["type"].Value).Length > 0), match.Value));
    }

    [Fact]
    public void Every_setting_it_names_is_shipped()
    {
        var shipped = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "appsettings.json")), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var named = Here.Select(name => Setting().Match(name)).Where(match => match.Success).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.NotNull(match.Value.Split(':').Aggregate((JsonNode?)shipped, (node, key) => node?[key])));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:[A-Z]\w+/)?(?<type>[A-Z][A-Za-z]+)(?:\.(?<member>[A-Z]\w+))?$")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^[A-Z]\w+(:[A-Z]\w+)+$")]
    private static partial Regex Setting();
}

using System.Text.Json;

namespace Portal.Tests.Web.Cli;

public sealed class DomainLabelVerbsTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_category_is_added_once_and_deleted_by_its_name()
    {
        var added = await _cli.JsonAsync("domains", "categories", "add", "university");
        var again = await _cli.JsonAsync("domains", "categories", "add", "university");

        Assert.Equal((true, false), (Changed(added), Changed(again)));
        Assert.Equal(added.GetProperty("category").GetRawText(), again.GetProperty("category").GetRawText());
        Assert.Contains("university", await CategoriesAsync());
        Assert.True(Changed(await _cli.JsonAsync("domains", "categories", "delete", "university")));
        Assert.DoesNotContain("university", await CategoriesAsync());
        Assert.Contains("company", (await _cli.RunAsync("domains", "categories", "delete", "university")).Failure, StringComparison.Ordinal);
        Assert.Contains("lower-case letters", (await _cli.RunAsync("domains", "categories", "add", "University!")).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisations_make_a_tree_in_which_each_is_renamed_moved_and_deleted()
    {
        var university = await AddAsync("University", "--identifier", "https://ror.org/04cw6st05");
        var institute = await AddAsync("Institute");
        var department = await AddAsync("Department", "--parent", $"{university}");

        var renamed = await EditAsync(department, "--name", "Department of Physics");
        var moved = await EditAsync(department, "--parent", $"{institute}");
        var named = await EditAsync(department, "--identifier", "https://ror.org/01ggx4157");
        var same = await _cli.JsonAsync("domains", "organisations", "edit", $"{department}", "--parent", $"{institute}");

        Assert.Equal("University / Department of Physics", PathOf(renamed));
        Assert.Equal("Institute / Department of Physics", PathOf(moved));
        Assert.Equal(("Institute / Department of Physics", "https://ror.org/01ggx4157"), (PathOf(named), named.GetProperty("identifier").GetString()));
        Assert.False(Changed(same));
        Assert.Contains("Institute / Department of Physics", (await _cli.RunAsync("domains", "organisations", "list")).Output, StringComparison.Ordinal);
        Assert.Contains("parts of it", (await _cli.RunAsync("domains", "organisations", "delete", $"{institute}")).Failure, StringComparison.Ordinal);
        Assert.Equal("Department of Physics", PathOf(await EditAsync(department, "--parent", "0", "--identifier", "")));
        Assert.True(Changed(await _cli.JsonAsync("domains", "organisations", "delete", $"{institute}")));
        Assert.Equal(
            [department, university],
            (await _cli.JsonAsync("domains", "organisations", "list")).GetProperty("results").EnumerateArray().Select(found => found.GetProperty("id").GetInt64()));
        Assert.Equal($"There is no organisation {institute}.", (await _cli.RunAsync("domains", "organisations", "edit", $"{institute}", "--name", "Other")).Failure);
        Assert.Equal(2, (await _cli.RunAsync("domains", "organisations", "edit", $"{department}", "--parent", "none")).Status);
    }

    private static bool Changed(JsonElement answer) => answer.GetProperty("changed").GetBoolean();

    private static string PathOf(JsonElement organisation) => string.Join(" / ", organisation.GetProperty("path").EnumerateArray().Select(name => name.GetString()));

    private async Task<IEnumerable<string?>> CategoriesAsync() =>
        (await _cli.JsonAsync("domains", "categories", "list")).GetProperty("results").EnumerateArray().Select(category => category.GetProperty("name").GetString());

    private async Task<long> AddAsync(string name, params string[] options) =>
        (await _cli.JsonAsync(["domains", "organisations", "add", name, .. options])).GetProperty("organisation").GetProperty("id").GetInt64();

    private async Task<JsonElement> EditAsync(long id, params string[] options) =>
        (await _cli.JsonAsync(["domains", "organisations", "edit", $"{id}", .. options])).GetProperty("organisation");
}

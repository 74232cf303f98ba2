using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Accounts;

namespace Portal.Controls.Lists;

/// <summary>
/// The address of a list: what it shows is all in its query, so that it can be kept, shared and gone back to. Every way to
/// show something else is a link to another address of the same list.
/// </summary>
public sealed class ListAddress
{
    public const string SearchName = "q";
    public const string SortName = "sort";
    public const string SizeName = "size";
    public const string DensityName = "density";
    public const string Compact = "compact";
    public const string Comfortable = "comfortable";
    public const string AfterName = "after";
    public const string BeforeName = "before";
    public const string LastName = "last";

    private static readonly string[] Places = [AfterName, BeforeName, LastName];

    private readonly string path;
    private readonly ImmutableSortedDictionary<string, string> query;

    private ListAddress(string path, ImmutableSortedDictionary<string, string> query) => (this.path, this.query) = (path, query);

    /// <summary>What the query says of a name; null where it says nothing.</summary>
    public string? this[string name] => query.GetValueOrDefault(name);

    /// <summary>What was searched for, without white space around it; null for nothing.</summary>
    public string? Search => this[SearchName]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>All that the query says, but for the place: what a form has to carry along.</summary>
    public IEnumerable<KeyValuePair<string, string>> Kept => query.Where(pair => !Places.Contains(pair.Key));

    /// <summary>The list's own path.</summary>
    public string Path => path;

    /// <summary>Where one is, as an absolute address or a path with its query. What is said twice counts as said last.</summary>
    public static ListAddress Of(string address)
    {
        var uri = new Uri(new Uri("http://list"), address);
        return new ListAddress(uri.AbsolutePath, QueryHelpers.ParseQuery(uri.Query)
            .Where(pair => pair.Value is [.., { Length: > 0 }])
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value[^1]!, StringComparer.Ordinal));
    }

    /// <summary>The same list from its beginning, with another value for each name; null takes the name out.</summary>
    public string With(params IEnumerable<(string Name, string? Value)> changes) => Write(changes.Aggregate(
        query.RemoveRange(Places),
        (said, change) => string.IsNullOrEmpty(change.Value) ? said.Remove(change.Name) : said.SetItem(change.Name, change.Value)));

    /// <summary>The same list from its beginning, sorted by a column; by the one it is sorted by already, the other way round.</summary>
    public string SortedBy(string column, string usual) =>
        With((SortName, Sort(usual) is (var now, false) && now == column ? $"-{column}" : column));

    /// <summary>The column it is sorted by.</summary>
    /// <param name="usual">Where the address does not say, a column's name, behind a hyphen for descending.</param>
    public (string Column, bool IsDescending) Sort(string usual)
    {
        var sort = this[SortName] ?? usual;
        return sort.StartsWith('-') ? (sort[1..], true) : (sort, false);
    }

    /// <summary>Which page of it.</summary>
    /// <param name="usualSize">How many rows where the address does not say.</param>
    public ListWindow Window(int usualSize) => new()
    {
        Size = int.TryParse(this[SizeName], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : usualSize,
        After = this[AfterName],
        Before = this[BeforeName],
        IsLast = this[LastName] is not null,
    };

    /// <summary>The page behind a place.</summary>
    public string Behind(string place) => At(AfterName, place);

    /// <summary>The page before a place.</summary>
    public string InFrontOf(string place) => At(BeforeName, place);

    /// <summary>The last page.</summary>
    public string End() => At(LastName, "true");

    private string At(string name, string value) => Write(query.RemoveRange(Places).SetItem(name, value));

    private string Write(ImmutableSortedDictionary<string, string> said) =>
        QueryHelpers.AddQueryString(path, said.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
}

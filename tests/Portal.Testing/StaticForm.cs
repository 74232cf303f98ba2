using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Testing;

/// <summary>A form of a static page, as a browser without script would send it: hidden fields and all.</summary>
/// <remarks>Made for the portal's own pages, which are well-formed; it is no reader of arbitrary HTML.</remarks>
public sealed partial class StaticForm
{
    private readonly List<KeyValuePair<string, string>> fields;

    private StaticForm(string? action, List<KeyValuePair<string, string>> fields) => (Action, this.fields) = (action, fields);

    /// <summary>Where it is sent, as written in the page; null for the page's own address.</summary>
    public string? Action { get; }

    /// <summary>What would be sent now, in order. An unticked box sends nothing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <summary>Finds a form in a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="name">The form's name (the framework's field <c>_handler</c>) or the address it is sent to.</param>
    /// <exception cref="InvalidOperationException">There is none; the message lists those there are.</exception>
    public static StaticForm Of(string html, string name)
    {
        List<string> seen = [];
        foreach (Match form in Forms().Matches(html))
        {
            var action = Attribute(form.Groups["attributes"].Value, "action");
            var fields = Inputs().Matches(form.Groups["content"].Value).Select(FieldOf).OfType<KeyValuePair<string, string>>().ToList();
            var handler = fields.Find(field => field.Key == "_handler").Value;
            if (handler == name || action == name)
            {
                return new StaticForm(action, fields);
            }

            seen.Add(handler ?? action ?? "one without name");
        }

        throw new InvalidOperationException($"The page has no form \"{name}\"; it has {(seen.Count > 0 ? string.Join(", ", seen) : "none")}.");
    }

    /// <summary>Types into a field, or adds one that is not there; replaces what it held.</summary>
    public StaticForm With(string name, string value)
    {
        // A box that is ticked comes before the hidden field that stands for an empty one.
        var at = fields.FindIndex(field => field.Key == name);
        fields.RemoveAll(field => field.Key == name);
        fields.Insert(at < 0 ? fields.Count : at, KeyValuePair.Create(name, value));
        return this;
    }

    /// <summary>What is sent; each call makes a new one.</summary>
    public FormUrlEncodedContent ToContent() => new(fields);

    private static KeyValuePair<string, string>? FieldOf(Match input)
    {
        var attributes = input.Groups["attributes"].Value;
        var isBox = Attribute(attributes, "type") is "checkbox" or "radio";
        return Attribute(attributes, "name") is { } name && (!isBox || Checked().IsMatch(attributes))
            ? KeyValuePair.Create(name, Attribute(attributes, "value") ?? "")
            : null;
    }

    private static string? Attribute(string attributes, string name)
    {
        var match = Regex.Match(attributes, $"(?<![\\w-]){name}=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant);
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    [GeneratedRegex("<form(?<attributes>[^>]*)>(?<content>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input(?<attributes>[^>]*)>")]
    private static partial Regex Inputs();

    [GeneratedRegex("(?<![\\w-])checked(?![\\w-])")]
    private static partial Regex Checked();
}

using System.Globalization;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>
/// Which part of a list a query asks for, and in which order. As text, so that a wrong value is answered by its name. A page's
/// number reaches the first ten thousand rows; <c>next</c> of one answer, as <c>after</c> of the following request, all of them.
/// </summary>
internal sealed class ListParameters
{
    public string? Sort { get; init; }

    public string? Size { get; init; }

    public string? Page { get; init; }

    public string? After { get; init; }

    /// <summary>What the document says of them.</summary>
    /// <param name="usualSort">The order where none is asked for: a column's name, behind a hyphen for descending.</param>
    /// <param name="columns">What can be sorted by.</param>
    /// <param name="usualSize">How many rows where nothing else is asked for.</param>
    public static ParameterText[] Texts(string usualSort, IEnumerable<string> columns, int usualSize = ListWindow.UsualSize) =>
    [
        ParameterText.Sort(usualSort, columns),
        ParameterText.Number("page", "Which page, from 1; reaches the first 10,000. With \"after\" it says nothing.", ListTotal.Most + 1),
        .. ParameterText.Paging(ListWindow.MaxSize, usualSize),
    ];

    /// <summary>The part, in the order the list has by itself.</summary>
    public ListWindow ReadWindow(List<FieldError> errors, int usualSize = ListWindow.UsualSize)
    {
        var size = Number("Size", Size, usualSize, ListWindow.MaxSize, "");
        var page = Number("Page", Page, 1, (ListTotal.Most / size) + 1, "; further on, \"next\" of an answer is \"after\" of the following request");
        return new ListWindow { Size = size, After = After, Skip = string.IsNullOrEmpty(After) ? (page - 1) * size : 0 };

        int Number(string field, string? text, int usual, int most, string advice)
        {
            if (string.IsNullOrEmpty(text))
            {
                return usual;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given >= 1 && given <= most)
            {
                return given;
            }

            errors.Add(new FieldError(field, string.Create(CultureInfo.InvariantCulture, $"Give a whole number from 1 to {most}{advice}.")));
            return usual;
        }
    }

    /// <summary>The part of a list that knows one order only, which is descending where <paramref name="usualSort"/> has a hyphen.</summary>
    public ListWindow ReadWindow(List<FieldError> errors, string usualSort)
    {
        var window = ReadWindow(errors);
        return window with { IsReversed = ReadSort(errors, usualSort, [usualSort.TrimStart('-')]).IsDescending != usualSort.StartsWith('-') };
    }

    /// <summary>A filter that can be asked for or left out: false would not leave the others, so it is refused.</summary>
    public static bool ReadFilter(List<FieldError> errors, string field, string? text)
    {
        if (text is not (null or "" or "true"))
        {
            errors.Add(new FieldError(field, "Give true, or leave it out."));
        }

        return text == "true";
    }

    /// <summary>True, false, or null for what is left out.</summary>
    public static bool? ReadFlag(List<FieldError> errors, string field, string? text)
    {
        if (text is not (null or "" or "true" or "false"))
        {
            errors.Add(new FieldError(field, "Give true or false, or leave it out."));
        }

        return text switch { "true" => true, "false" => false, _ => null };
    }

    /// <summary>The column to sort by, and whether descending.</summary>
    public (string Column, bool IsDescending) ReadSort(List<FieldError> errors, string usual, IReadOnlyCollection<string> columns)
    {
        var asked = string.IsNullOrEmpty(Sort) ? usual : Sort;
        if (!columns.Contains(asked[0] == '-' ? asked[1..] : asked))
        {
            errors.Add(new FieldError("Sort", $"Give {string.Join(", ", columns)}; behind a hyphen for descending."));
            asked = usual;
        }

        return (asked.TrimStart('-'), asked[0] == '-');
    }
}

using System.Buffers.Text;
using System.Text.Json;

namespace Portal.Accounts.Data;

/// <summary>How one page of a long list is read: from which place, in which direction, and what it then says of its neighbours.</summary>
/// <typeparam name="TPlace">The values of a row by which its place is found again.</typeparam>
internal sealed class PageReading<TPlace>
    where TPlace : class
{
    private readonly ListWindow window;
    private readonly bool isBehind;

    /// <param name="window">Which page.</param>
    /// <param name="isPlace">Whether what was read from its text has all that a place needs.</param>
    public PageReading(ListWindow window, Func<TPlace, bool> isPlace)
    {
        this.window = window;
        var (after, before) = (Read(window.After, isPlace), Read(window.Before, isPlace));
        Place = after ?? before;
        isBehind = after is not null;
        IsBack = after is null && (before is not null || window.IsLast);
    }

    /// <summary>The row beyond which the page lies; null for the first page and the last.</summary>
    public TPlace? Place { get; }

    /// <summary>Whether rows are read from the end towards the beginning.</summary>
    public bool IsBack { get; }

    /// <summary>How many rows to pass over.</summary>
    public int Skip => Place is null ? window.Skip : 0;

    /// <summary>How many rows to read: one more than the page has, to know whether another follows.</summary>
    public int Take => window.Size + 1;

    /// <summary>The page.</summary>
    /// <param name="found">As read: up to <see cref="Take"/> rows, the last first when <see cref="IsBack"/>.</param>
    /// <param name="total">How many the list has.</param>
    /// <param name="placeOf">The place of a row.</param>
    public ListPage<TFound> Cut<TFound>(IReadOnlyList<TFound> found, ListTotal total, Func<TFound, TPlace> placeOf)
    {
        var hasMore = found.Count > window.Size;
        List<TFound> page = [.. found.Take(window.Size)];
        if (IsBack)
        {
            page.Reverse();
        }

        var (hasNext, hasPrevious) = IsBack ? (Place is not null, hasMore) : (hasMore, isBehind || window.Skip > 0);
        return new ListPage<TFound>(
            page,
            total,
            hasNext && page.Count > 0 ? Write(placeOf(page[^1])) : null,
            hasPrevious && page.Count > 0 ? Write(placeOf(page[0])) : null);
    }

    private static string Write(TPlace place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place));

    /// <summary>Null for anything that is no place of this list: a link that somebody shortened shows the first page.</summary>
    private static TPlace? Read(string? text, Func<TPlace, bool> isPlace)
    {
        try
        {
            return text is { Length: > 0 and < 2000 } && JsonSerializer.Deserialize<TPlace>(Base64Url.DecodeFromChars(text)) is { } place && isPlace(place)
                ? place
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

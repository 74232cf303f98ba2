namespace Portal.Mails;

/// <summary>The small words that all letters of a language share.</summary>
internal sealed record LetterWords
{
    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>The first line to somebody whose name is not known.</summary>
    public required string Hello { get; init; }

    /// <summary>The first line to somebody whose name is <c>{0}</c>.</summary>
    public required string HelloName { get; init; }

    public required string CopyHint { get; init; }

    public string Colon { get; init; } = ":";

    /// <summary>How a moment is written, without its zone: a .NET format.</summary>
    public required string Moment { get; init; }

    /// <summary>The same on the first of a month, where that day is written otherwise.</summary>
    public string? MomentOnTheFirst { get; init; }

    /// <summary>The names of the facts.</summary>
    public required string When { get; init; }

    public required string Device { get; init; }

    public required string Place { get; init; }

    public required string Address { get; init; }

    /// <summary>Stands between a browser and its system.</summary>
    public required string On { get; init; }

    public required string UnknownBrowser { get; init; }

    public required string UnknownSystem { get; init; }
}

using System.Globalization;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>
/// What the document says of one parameter. Handlers read parameters as text, so that a wrong value is answered by its name;
/// only this tells what they take.
/// </summary>
/// <param name="Name">As requests write it.</param>
/// <param name="Description">A sentence.</param>
internal sealed record ParameterText(string Name, string Description)
{
    /// <summary>All it takes; empty for any.</summary>
    public IReadOnlyList<string> Values { get; private init; } = [];

    /// <summary>It is a whole number from 1 to this; null for text.</summary>
    public int? Most { get; private init; }

    /// <summary>It is true or false.</summary>
    public bool IsFlag { get; private init; }

    /// <summary>It is true, or left out.</summary>
    public bool IsOnlyTrue { get; private init; }

    /// <summary>It stands in the address.</summary>
    public bool IsInPath { get; private init; }

    /// <summary>One it could be.</summary>
    public string? Example { get; init; }

    /// <summary>How many a list holds, and where it goes on.</summary>
    public static ParameterText[] Paging(int most, int usual = ListWindow.UsualSize) =>
    [
        Number("size", string.Create(CultureInfo.InvariantCulture, $"How many to answer with; {usual} when left out."), most),
        new("after", "\"next\" of the answer before this one."),
    ];

    public static ParameterText InPath(string name, string description, string example) => new(name, description) { IsInPath = true, Example = example };

    public static ParameterText Flag(string name, string description) => new(name, description) { IsFlag = true };

    /// <summary>A filter that leaves only what it names; it cannot leave the others. Read by <see cref="ListParameters.ReadFilter"/>.</summary>
    public static ParameterText Filter(string name, string description) => new(name, description) { IsFlag = true, IsOnlyTrue = true };

    /// <summary>Asks what a change would do, without making it. Read by <see cref="AdminAnswers.IsDryRun"/>.</summary>
    public static ParameterText DryRun(string description) => Flag(AdminAnswers.DryRunName, description);

    public static ParameterText Number(string name, string description, int most) => new(name, description) { Most = most };

    public static ParameterText OneOf(string name, string description, params IEnumerable<string> values) => new(name, description) { Values = [.. values] };

    /// <summary>A column's name, behind a hyphen for descending.</summary>
    public static ParameterText Sort(string usual, params IEnumerable<string> columns) =>
        OneOf("sort", string.Create(CultureInfo.InvariantCulture, $"The order; behind a hyphen descending. {usual} when left out."), columns.SelectMany(column => new[] { column, $"-{column}" }));
}

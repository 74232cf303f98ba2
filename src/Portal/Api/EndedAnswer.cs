namespace Portal.Api;

/// <summary>It was done.</summary>
/// <param name="Ended">How many sessions it ended.</param>
internal sealed record EndedAnswer(int Ended) : IExample
{
    public static object Example => new EndedAnswer(2);
}

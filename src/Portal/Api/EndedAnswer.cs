namespace Portal.Api;

/// <summary>It was done, or was so already.</summary>
/// <param name="Ended">How many sessions it ended.</param>
/// <param name="Changed">Whether anything is another than before.</param>
internal sealed record EndedAnswer(int Ended, bool Changed) : IExample
{
    public static object Example => new EndedAnswer(2, Changed: true);
}

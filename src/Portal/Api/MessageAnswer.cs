namespace Portal.Api;

/// <summary>It was done.</summary>
/// <param name="Message">A sentence for people that says what.</param>
internal sealed record MessageAnswer(string Message) : IExample
{
    public static object Example => new MessageAnswer("The address is confirmed.");
}

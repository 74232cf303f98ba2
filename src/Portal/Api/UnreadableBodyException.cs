namespace Portal.Api;

/// <summary>A request's body is not what the endpoint takes; carries the answer.</summary>
internal sealed class UnreadableBodyException(ApiProblem problem) : Exception
{
    public const string TooLong = "The body is too long; send at most 16 kB.";

    public ApiProblem Problem { get; } = problem;
}

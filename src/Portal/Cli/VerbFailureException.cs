using Portal.Accounts;

namespace Portal.Cli;

/// <summary>What was asked for was not done; the message says why.</summary>
internal sealed class VerbFailureException(string message, params IReadOnlyList<FieldError> errors) : Exception(message)
{
    /// <summary>What is wrong with single values; empty where the message says it all.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors;

    /// <summary>The JSON document of a verb that found what it looked for; null for the usual one, which holds message and errors.</summary>
    public object? Answer { get; init; }
}

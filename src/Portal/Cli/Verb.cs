using System.CommandLine;

namespace Portal.Cli;

/// <summary>A verb, or a group of them, with examples for its help.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What the verb does, on a database that is ready.</summary>
    public Verb Does(VerbRunner runner, Func<VerbRun, Task> work)
    {
        SetAction((parsed, cancellationToken) => runner.RunAsync(parsed, work, preparesDatabase: true, cancellationToken));
        return this;
    }

    /// <summary>What the verb does on the database as it stands, which may be older than this build or not there.</summary>
    public Verb DoesUnprepared(VerbRunner runner, Func<VerbRun, Task> work)
    {
        SetAction((parsed, cancellationToken) => runner.RunAsync(parsed, work, preparesDatabase: false, cancellationToken));
        return this;
    }
}

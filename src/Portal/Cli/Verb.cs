using System.CommandLine;
using Portal.Accounts.Data;

namespace Portal.Cli;

/// <summary>A verb, or a group of them, with examples for its help.</summary>
internal sealed class Verb(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What the verb does, on a database that is ready; one that is not there is made.</summary>
    public Verb Does(VerbRunner runner, Func<VerbRun, Task> work) =>
        Runs(runner, work, static (database, cancellationToken) => database.PrepareAsync(cancellationToken));

    /// <summary>What the verb tells of, or does with, what is there: where a folder was named that is not, it fails and makes none.</summary>
    public Verb Reads(VerbRunner runner, Func<VerbRun, Task> work) =>
        Runs(runner, work, static (database, cancellationToken) => database.PrepareToReadAsync(cancellationToken));

    /// <summary>What the verb does on the database as it stands, which may be older than this build or not there.</summary>
    public Verb DoesUnprepared(VerbRunner runner, Func<VerbRun, Task> work) =>
        Runs(runner, work, static (_, _) => Task.FromResult<string?>(null));

    private Verb Runs(VerbRunner runner, Func<VerbRun, Task> work, Func<IDatabaseAdmin, CancellationToken, Task<string?>> prepare)
    {
        SetAction((parsed, cancellationToken) => runner.RunAsync(parsed, work, prepare, cancellationToken));
        return this;
    }
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.SqlServerTests.Capture;

/// <summary>Runs every operation once under each kind of answer and keeps what it sent.</summary>
public sealed class CapturedSql : IAsyncLifetime
{
    private readonly List<Run> runs = [];

    internal IReadOnlyList<Run> Runs => runs;

    /// <summary>Each different statement with the first operation that sent it.</summary>
    internal IReadOnlyList<(string Operation, CapturedStatement Statement)> Statements =>
    [
        .. runs.SelectMany(run => run.Statements.Select(statement => (run.Operation.Name, statement))).DistinctBy(pair => pair.statement),
    ];

    public async ValueTask InitializeAsync()
    {
        var recorder = new Recorder();
        await using var host = AccountsHost.Recording(recorder);
        await using var context = await host.Contexts.CreateDbContextAsync();
        IReadOnlyList<CapturedOperation> operations =
            [.. CapturedOperations.All, .. EntityOperations.Of(context), .. AutomaticOperations.All];
        foreach (var operation in operations)
        {
            foreach (var answers in Enum.GetValues<Answers>())
            {
                recorder.Begin(answers);
                await using var scope = host.Services.CreateAsyncScope();
                var failure = await Record.ExceptionAsync(() => operation.Run(scope.ServiceProvider, TestContext.Current.CancellationToken));
                runs.Add(new(operation, answers, recorder.Taken(), failure is TargetInvocationException ? failure.InnerException : failure));
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed record Run(CapturedOperation Operation, Answers Answers, IReadOnlyList<CapturedStatement> Statements, Exception? Failure)
    {
        public bool IsUntranslatable
        {
            get
            {
                for (var exception = Failure; exception is not null; exception = exception.InnerException)
                {
                    if (exception.Message.Contains("could not be translated", StringComparison.Ordinal))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}

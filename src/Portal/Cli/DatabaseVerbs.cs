using System.CommandLine;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Cli;

/// <summary><c>db …</c></summary>
internal static class DatabaseVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("db", "Look at the database's schema and bring it up to date.")
    {
        new Verb(
            "migrate",
            "Apply what the database lacks; make it if it is not there.",
            "Portal db migrate",
            "Portal db migrate --Database:Provider SqlServer --ConnectionStrings:SqlServer \"Server=…\"").DoesUnprepared(runner, async run =>
        {
            var applied = await run.Door<IDatabaseAdmin>().MigrateAsync(run.CancellationToken);
            run.Print.Answer(new { Applied = applied }, applied.Count > 0 ? $"Applied: {string.Join(", ", applied)}." : "The database is up to date.");
        }),
        new Verb("status", "Tell what the database lacks, changing nothing.", "Portal db status --json").DoesUnprepared(runner, async run =>
        {
            var provider = run.Door<IOptions<DatabaseOptions>>().Value.Provider.ToString();
            var pending = await run.Door<IDatabaseAdmin>().PendingAsync(run.CancellationToken);
            run.Print.Answer(
                new { Provider = provider, Pending = pending },
                pending.Count > 0 ? $"{provider}: lacks {string.Join(", ", pending)}." : $"{provider}: up to date.");
        }),
    };
}

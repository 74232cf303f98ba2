using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Transfer;

namespace Portal.Cli;

/// <summary><c>db …</c></summary>
internal static class DatabaseVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("db", "Look at the database's schema, bring it up to date, copy the database.")
    {
        new Verb(
            "migrate",
            "Apply what the database lacks; make it if it is not there.",
            "Portal db migrate",
            "Portal db migrate --Database:Provider SqlServer --ConnectionStrings:SqlServer \"Server=…\"").DoesUnprepared(runner, async run =>
        {
            var database = run.Door<IDatabaseAdmin>();
            if (run.Console.IsScreen && !run.Print.IsJson && await database.PendingAsync(run.CancellationToken) is { Count: > 0 } pending)
            {
                // On many rows one may take minutes.
                run.Console.Error.WriteLine($"Applying {string.Join(", ", pending)} …");
            }

            var applied = await database.MigrateAsync(run.CancellationToken);
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
        Copy(runner),
    };

    private static Verb Copy(VerbRunner runner)
    {
        var to = VerbOptions.OneOf("--to", "What the other database is.", "Sqlite|SqlServer", Enum.GetNames<DatabaseProvider>());
        to.Required = true;
        var given = new Option<string?>("--connection") { Description = "Its connection string. Other users of the machine can see it while the verb runs; one with a password give by --connection-stdin.", HelpName = "S" };
        var fromInput = new Option<bool>("--connection-stdin") { Description = "Read the connection string from the first line of the standard input." };
        var verb = new Verb(
            "copy",
            "Copy every table into another database that holds nothing yet, and count both. Stop the portal first; then set Database:Provider and the connection string, and keep the data directory, whose keys the rows need.",
            "Portal db copy --to Sqlite --connection \"Data Source=copy.db\"",
            "Portal db copy --to SqlServer --connection-stdin < connection.txt") { to, given, fromInput };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(given) is null != result.GetValue(fromInput))
            {
                result.AddError("Give --connection or --connection-stdin, one of them.");
            }
        });
        return verb.Reads(runner, async run =>
        {
            var connection = run.Parsed.GetValue(given)
                ?? await run.Console.ReadSecretLineAsync("Connection string: ", run.CancellationToken)
                ?? throw new VerbFailureException("The standard input is empty; the connection string is its first line.");
            var outcome = await run.Door<ITransferAdmin>().CopyAsync(
                Enum.Parse<DatabaseProvider>(run.Parsed.GetValue(to)!),
                connection,
                Copied(run),
                run.CancellationToken);
            var tables = outcome switch
            {
                CopyOutcome.Done done => done.Tables,
                CopyOutcome.NotEmpty full => throw new VerbFailureException($"The other database is not empty, there are {full.What}. Give a new one."),
                CopyOutcome.Differs differs => throw new VerbFailureException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{differs.Table} has {differs.Here} rows here and {differs.There} there: somebody wrote meanwhile. Stop the portal, and copy into a new database.")),
                _ => throw new InvalidOperationException($"A copy ended as {outcome.GetType().Name}, for which there are no words."),
            };
            run.Print.Answer(new { Tables = tables }, string.Create(CultureInfo.InvariantCulture, $"Copied {tables.Values.Sum()} rows of {tables.Count} tables."));
        });
    }

    /// <summary>Says on a screen how many rows a table has by now, over and over in one line for each table.</summary>
    private static Action<string, long>? Copied(VerbRun run)
    {
        if (!run.Console.IsScreen || run.Print.IsJson)
        {
            return null;
        }

        string? shown = null;
        return (table, rows) =>
        {
            run.Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{(shown is null || shown == table ? "" : "\n")}{table}: {rows}\r"));
            shown = table;
        };
    }
}

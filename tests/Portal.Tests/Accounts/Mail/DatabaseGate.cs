using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Accounts.Mail;

/// <summary>Stops a sender just before one of its updates, to let others pass or to let it die there.</summary>
internal sealed class DatabaseGate(Func<int, Task> beforeUpdate) : DbCommandInterceptor
{
    private int updates;

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Migrations bring rows up to date too, without parameters.
        if (command.CommandText.StartsWith("UPDATE", StringComparison.Ordinal) && command.Parameters.Count > 0)
        {
            await beforeUpdate(Interlocked.Increment(ref updates));
        }

        return result;
    }
}

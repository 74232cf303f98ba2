using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Portal.Accounts.Data;

namespace Portal.Accounts.Transfer;

/// <summary>Copies every table into another database.</summary>
internal sealed class DatabaseCopy(IDbContextFactory<PortalDbContext> contexts, OtherDatabases others)
{
    private const int BatchSize = 2_000;

    public async Task<CopyOutcome> CopyAsync(DatabaseProvider provider, string connection, Action<string, long>? copied, CancellationToken cancellationToken)
    {
        await using var here = await contexts.CreateDbContextAsync(cancellationToken);
        await using var there = others.Open(provider, connection);
        there.Database.SetCommandTimeout(0);
        var creator = there.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken)
            && await creator.HasTablesAsync(cancellationToken)
            && !(await there.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
        {
            return new CopyOutcome.NotEmpty("tables of another program");
        }

        await there.Database.MigrateAsync(cancellationToken);
        List<Table> tables = [.. InOrder(here.Model).Select(type => (Table)Activator.CreateInstance(typeof(Table<>).MakeGenericType(type.ClrType))!)];
        foreach (var table in tables)
        {
            // What migrations put there is no content.
            if (!table.IsSeeded && await table.CountAsync(there, cancellationToken) > 0)
            {
                return new CopyOutcome.NotEmpty($"rows in {table.NameIn(here)}");
            }
        }

        await there.MakeRoomAsync(cancellationToken);
        foreach (var table in tables)
        {
            await table.CopyAsync(here, there, copied, cancellationToken);
        }

        Dictionary<string, long> counts = [];
        foreach (var table in tables)
        {
            var (name, of, got) = (table.NameIn(here), await table.CountAsync(here, cancellationToken), await table.CountAsync(there, cancellationToken));
            if (of != got)
            {
                return new CopyOutcome.Differs(name, of, got);
            }

            counts[name] = got;
        }

        return new CopyOutcome.Done(counts);
    }

    /// <summary>What is stored in tables, each after those that it refers to.</summary>
    private static List<IEntityType> InOrder(IModel model)
    {
        List<IEntityType> left = [.. model.GetEntityTypes().Where(type => type.GetTableName() is not null && !type.IsOwned())];
        List<IEntityType> ordered = [];
        while (left.Find(type => type.GetForeignKeys().All(key => key.PrincipalEntityType == type || ordered.Contains(key.PrincipalEntityType))) is { } next)
        {
            left.Remove(next);
            ordered.Add(next);
        }

        return left.Count == 0 ? ordered : throw new InvalidOperationException($"{left[0].DisplayName()} refers to itself by way of another table.");
    }

    private abstract class Table
    {
        public abstract bool IsSeeded { get; }

        public abstract string NameIn(PortalDbContext context);

        public abstract Task<long> CountAsync(PortalDbContext context, CancellationToken cancellationToken);

        public abstract Task CopyAsync(PortalDbContext from, PortalDbContext to, Action<string, long>? copied, CancellationToken cancellationToken);
    }

    private sealed class Table<T> : Table
        where T : class
    {
        public override bool IsSeeded => typeof(T) == typeof(DomainCategory);

        public override string NameIn(PortalDbContext context) => context.Model.FindEntityType(typeof(T))!.GetTableName()!;

        public override Task<long> CountAsync(PortalDbContext context, CancellationToken cancellationToken) => context.Set<T>().LongCountAsync(cancellationToken);

        public override async Task CopyAsync(PortalDbContext from, PortalDbContext to, Action<string, long>? copied, CancellationToken cancellationToken)
        {
            if (IsSeeded)
            {
                await to.Set<T>().ExecuteDeleteAsync(cancellationToken);
            }

            var name = NameIn(from);
            long total = 0;
            await foreach (var rows in Rows(from, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
            {
                await using var transaction = await to.Database.BeginTransactionAsync(cancellationToken);
                await to.WriteAsync(rows, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                total += rows.Length;
                copied?.Invoke(name, total);
            }

            if (await from.LastNumberAsync(name, cancellationToken) is > 0 and var last)
            {
                await to.ContinueNumbersAsync(name, last, cancellationToken);
            }
        }

        /// <summary>In an order in which no row comes before one that it refers to.</summary>
        private static IAsyncEnumerable<T> Rows(PortalDbContext from, CancellationToken cancellationToken) => typeof(T) == typeof(Organisation)
            ? Organisations(from, cancellationToken).Cast<T>()
            : from.Set<T>().AsNoTracking().AsAsyncEnumerable();

        /// <summary>The only rows that refer to others of their own table; few.</summary>
        private static async IAsyncEnumerable<Organisation> Organisations(
            PortalDbContext from, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var below = (await from.Organisations.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.ParentId ?? 0);
            Queue<Organisation> next = new(below[0]);
            while (next.TryDequeue(out var row))
            {
                yield return row;
                foreach (var part in below[row.Id])
                {
                    next.Enqueue(part);
                }
            }
        }
    }
}

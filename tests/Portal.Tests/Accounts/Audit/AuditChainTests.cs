using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Audit;

public sealed class AuditChainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_writers_and_two_processes_that_link_make_one_chain_without_a_gap()
    {
        const int Writers = 8;
        const int EventsEach = 60;
        await using var here = await StartByHandAsync();
        await using var there = await StartByHandAsync(options => (options.DataDirectory, options.Clock) = (here.DataDirectory, here.Clock));
        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < EventsEach; i++)
            {
                await (writer % 2 == 0 ? here : there).WriteAsync(1, subject: writer);
            }
        })));

        await Task.WhenAll(LinkWhileAsync(here, writing), LinkWhileAsync(there, writing));

        var rows = await here.AuditRowsAsync();
        Assert.Equal(Writers * EventsEach, rows.Count);
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(position => (long?)position), rows.Select(row => row.Position).Order());
        Assert.All(Enumerable.Range(1, Writers), writer => Assert.Equal(EventsEach, rows.Count(row => row.SubjectId == writer)));
        var found = await there.VerifyAsync();
        Assert.Empty(found.Faults);
        Assert.Equal(rows.Count, found.Count);
    }

    [Fact]
    public async Task A_backlog_is_linked_in_the_order_of_ids_batch_by_batch()
    {
        await using var host = await StartByHandAsync();
        await host.WriteAsync((2 * AuditChain.BatchSize) + 7);

        Assert.Equal((2 * AuditChain.BatchSize) + 7, await host.Get<AuditChain>().LinkAsync(Token));

        var rows = await host.AuditRowsAsync();
        Assert.Equal(rows.Select(row => (long?)row.Id - rows[0].Id + 1), rows.Select(row => row.Position));
        Assert.Equal(0, await host.Get<AuditChain>().LinkAsync(Token));
    }

    [Fact]
    public async Task Who_finds_that_another_linked_meanwhile_looks_again()
    {
        PortalHost here = null!;
        PortalHost there = null!;
        // On SQLite a transaction has the database to itself from its beginning, so the other comes right before it.
        var between = new BeforeTransaction(async () => await there.Get<AuditChain>().LinkAsync(Token));
        await using (here = await StartByHandAsync(between: between))
        await using (there = await StartByHandAsync(options => (options.DataDirectory, options.Clock) = (here.DataDirectory, here.Clock)))
        {
            await here.WriteAsync(20);
            between.IsArmed = true;

            Assert.Equal(0, await here.Get<AuditChain>().LinkAsync(Token));

            Assert.False(between.IsArmed);
            Assert.Empty((await here.VerifyAsync()).Faults);
        }
    }

    [Fact]
    public async Task What_a_killed_process_left_unlinked_the_next_one_links_at_its_start()
    {
        using var folder = new TemporaryFolder();
        await using (var killed = await StartByHandAsync(options => options.DataDirectory = folder.Path))
        {
            await killed.WriteAsync(5);
        }

        var linked = new Linked();
        await using var next = await PortalHost.StartAsync(options =>
        {
            options.DataDirectory = folder.Path;
            linked.AddTo(options);
        });
        await linked.Once.WaitAsync(Token);
        await linked.Twice.WaitAsync(Token);

        Assert.Equal([1, 2, 3, 4, 5], (await next.AuditRowsAsync()).Select(row => row.Position!.Value));
    }

    [Fact]
    public async Task Every_second_what_is_new_is_linked()
    {
        var linked = new Linked();
        await using var host = await PortalHost.StartAsync(linked.AddTo);
        await host.WriteAsync(1);

        host.Clock.Advance(AuditChain.LinkInterval);
        await linked.Once.WaitAsync(Token);

        Assert.Equal(1, Assert.Single(await host.AuditRowsAsync()).Position);
    }

    [Fact]
    public async Task Stopping_links_the_rest()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path))
        {
            await first.WriteAsync(3);
        }

        await using var second = await StartByHandAsync(options => options.DataDirectory = folder.Path);
        Assert.All(await second.AuditRowsAsync(), row => Assert.NotNull(row.Position));
    }

    [Fact]
    public async Task An_event_whose_change_is_rolled_back_is_not_written()
    {
        await using var host = await StartByHandAsync();
        await host.QueryAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            await host.Get<AuditLog>().AddAsync(context, new AuditEntry(AuditKind.Activated, 1), Token);
            return await context.SaveChangesAsync(Token);
        });

        Assert.Empty(await host.AuditRowsAsync());
    }

    private static Task<PortalHost> StartByHandAsync(Action<PortalHostOptions>? configure = null, IInterceptor? between = null) => PortalHost.StartAsync(options =>
    {
        configure?.Invoke(options);
        options.ConfigureServices = services =>
        {
            services.RemoveHosted(typeof(AuditChain));
            if (between is not null)
            {
                services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(between));
            }
        };
    });

    private static async Task LinkWhileAsync(PortalHost host, Task writing)
    {
        while (!writing.IsCompleted)
        {
            await host.Get<AuditChain>().LinkAsync(Token);
        }

        await writing;
        await host.Get<AuditChain>().LinkAsync(Token);
    }

    private sealed class BeforeTransaction(Func<Task> then) : DbTransactionInterceptor
    {
        public bool IsArmed { get; set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (IsArmed)
            {
                IsArmed = false;
                await then();
            }

            return result;
        }
    }

    /// <summary>Tells when a transaction with a link in it was committed, the first time and the second.</summary>
    private sealed class Linked : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource once = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource twice = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => once.Task;

        /// <summary>The very first row is linked alone.</summary>
        public Task Twice => twice.Task;

        public void AddTo(PortalHostOptions options) => options.ConfigureServices = services =>
            services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(this));

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (eventData.Context?.ChangeTracker.Entries<AuditEvent>().Any(entry => entry.Entity.Position is not null) == true && !once.TrySetResult())
            {
                twice.TrySetResult();
            }

            return Task.CompletedTask;
        }
    }
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionSweeperTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expired_sessions_end_in_batches_each_with_its_reason()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var user = await host.CreateUserAsync();
        var now = host.Clock.GetUtcNow();
        var idle = SessionSweeper.BatchSize - 500;
        await host.InsertAsync(user, idle, expiresAt: now - TimeSpan.FromHours(1), absoluteAt: now + TimeSpan.FromDays(1));
        await host.InsertAsync(user, 600, expiresAt: now - TimeSpan.FromHours(1), absoluteAt: now - TimeSpan.FromHours(1));
        using var live = await host.BeginSessionAsync(user);
        counter.Forget();

        var swept = await host.Get<SessionSweeper>().SweepAsync(Token);

        Assert.Equal((idle + 600, 0), swept);
        Assert.InRange(counter.Commands.Count(command => command.Contains("UPDATE \"Sessions\"", StringComparison.Ordinal)), 3, 4);
        Assert.True(await live.IsSignedInAsync());
        var reasons = await host.QueryAsync(context => Task.FromResult(context.Sessions.Where(row => row.EndedAt != null).GroupBy(row => row.EndReason!).Select(group => new { group.Key, Count = group.Count() }).ToDictionary(row => row.Key, row => row.Count)));
        Assert.Equal((idle, 600), (reasons["idle"], reasons["expired"]));
    }

    [Fact]
    public async Task An_ended_session_stays_for_28_days_and_is_then_deleted()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        var id = await host.IdAsync(browser);
        await host.EndSessionAsync(id, Token);
        var row = await host.RowAsync(id);

        host.Clock.SetUtcNow(row.EndedAt!.Value + SessionSweeper.EndedRetention);
        await host.Get<SessionSweeper>().SweepAsync(Token);
        Assert.Equal("administrator", (await host.RowAsync(id)).EndReason);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Get<SessionSweeper>().SweepAsync(Token);
        Assert.False(await host.QueryAsync(context => context.Sessions.AnyAsync(session => session.Id == id, Token)));
    }

    [Fact]
    public async Task Old_sessions_are_forgotten_in_the_index_s_own_order_however_many_ended_at_one_moment()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        counter.Forget();

        await host.Get<SessionSweeper>().SweepAsync(Token);

        var delete = Assert.Single(counter.Commands, command => command.StartsWith("DELETE FROM \"Sessions\"", StringComparison.Ordinal));
        Assert.DoesNotContain(await host.PlanAsync(delete), step => step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_seen_since_it_was_last_written_is_spared()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var seen = await host.BeginSessionAsync(user);
        using var silent = await host.BeginSessionAsync(user);
        host.Clock.Advance(TimeSpan.FromHours(11));
        Assert.True(await seen.IsSignedInAsync());
        Assert.True(host.Get<SessionCache>().FindLife(await host.IdAsync(seen))!.IsUnwritten);

        host.Clock.Advance(TimeSpan.FromMinutes(70));
        await host.Get<SessionSweeper>().SweepAsync(Token);

        Assert.Equal(await host.IdAsync(seen), Assert.Single(await host.SessionsOfAsync(user, Token)).Id);
        Assert.Equal("idle", (await host.RowAsync(await host.IdAsync(silent))).EndReason);
    }

    [Fact]
    public async Task A_session_whose_last_request_is_written_while_the_sweeper_looks_is_spared()
    {
        PortalHost host = null!;
        var looked = new AfterReading("ORDER BY \"s\".\"ExpiresAt\"", () => host.Get<LastSeenWriter>().WriteAsync(Token));
        await using (host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
        {
            // No timers: the test says who comes between.
            services.RemoveHosted(typeof(LastSeenWriter), typeof(SessionSweeper));
            services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(looked));
        }))
        {
            var user = await host.CreateUserAsync();
            using var browser = await host.BeginSessionAsync(user);
            host.Clock.Advance(TimeSpan.FromHours(11));
            Assert.True(await browser.IsSignedInAsync());
            host.Clock.Advance(TimeSpan.FromHours(11));

            await host.Get<SessionSweeper>().SweepAsync(Token);

            Assert.True(looked.Happened);
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task A_session_that_another_node_may_have_seen_a_moment_ago_is_left_for_two_minutes()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        host.Clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(119));

        Assert.Equal((0, 0), await host.Get<SessionSweeper>().SweepAsync(Token));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Get<SessionSweeper>().SweepAsync(Token);

        Assert.Equal("idle", (await host.RowAsync(await host.IdAsync(browser))).EndReason);
    }

    [Theory]
    [InlineData(500, true)]
    [InlineData(501, false)]
    public async Task The_log_names_whose_sessions_end_unless_very_many_do_however_many_are_spared(int count, bool isNamed)
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        var now = host.Clock.GetUtcNow();
        await host.InsertAsync(user, count, expiresAt: now - TimeSpan.FromHours(1), absoluteAt: now + TimeSpan.FromDays(1));
        await host.InsertAsync(user, 600, expiresAt: now - TimeSpan.FromMinutes(1), absoluteAt: now + TimeSpan.FromDays(1));

        Assert.Equal((count, 0), await host.Get<SessionSweeper>().SweepAsync(Token));

        var kind = AuditKind.SessionEnded.ToName();
        var told = await host.QueryAsync(context => context.AuditEvents.Where(row => row.Kind == kind).Select(row => row.SubjectId).ToListAsync(Token));
        Assert.NotEmpty(told);
        Assert.All(told, subject => Assert.Equal(isNamed ? user.Id : null, subject));
    }

    [Fact]
    public async Task The_operator_sweeps_through_the_door()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        var now = host.Clock.GetUtcNow();
        await host.InsertAsync(user, 3, now - TimeSpan.FromHours(1), now - TimeSpan.FromHours(1));
        List<long> told = [];

        Assert.Equal((3, 0), await host.Get<ISessionAdmin>().CleanAsync(Operator.CommandLine, told.Add, Token));
        await host.QueryAsync(context => context.Sessions.ExecuteUpdateAsync(
            row => row.SetProperty(session => session.EndedAt, now - SessionSweeper.EndedRetention - TimeSpan.FromSeconds(1)), Token));
        await host.InsertAsync(user, 2, now - TimeSpan.FromHours(1), now - TimeSpan.FromHours(1));
        Assert.Equal((2, 3), await host.Get<ISessionAdmin>().CleanAsync(Operator.CommandLine, told.Add, Token));

        Assert.Equal([3, 3, 2, 5], told);
    }

    /// <summary>Lets something else happen once between a read and what is made of it.</summary>
    private sealed class AfterReading(string command, Func<Task> then) : DbCommandInterceptor
    {
        public bool Happened { get; private set; }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand executed, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (!Happened && executed.CommandText.Contains(command, StringComparison.Ordinal))
            {
                Happened = true;
                await then();
            }

            return result;
        }
    }
}

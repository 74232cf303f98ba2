using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Benchmarks.Loads;

/// <summary>Rows by the hundred thousand, copied in the database from one real sign-in: the door would take hours.</summary>
internal static class ManySessions
{
    /// <summary>
    /// Makes live sessions that are long past their limits: ten for each of as many people as that takes, who came in no
    /// order of theirs, and expiring in the order in which they began, give or take a minute.
    /// </summary>
    public static async Task AddExpiredAsync(PortalHost host, int rows, CancellationToken cancellationToken)
    {
        var (user, session) = await PatternAsync(host, cancellationToken);
        await using var context = await ContextAsync(host, cancellationToken);
        var last = await context.Users.MaxAsync(row => row.Id, cancellationToken);
        await RowCopies.MakeAsync(context, "Users", "\"Id\" = @id", user.Id, (rows + 9) / 10, new Dictionary<string, string>
        {
            ["Id"] = Text($"{last} + n"),
            ["UserName"] = "'expired' || n",
            ["NormalizedUserName"] = "'EXPIRED' || n",
            ["Email"] = "'expired' || n || '@example.org'",
            ["NormalizedEmail"] = "'EXPIRED' || n || '@EXAMPLE.ORG'",
        }, cancellationToken);
        var day = TimeSpan.FromDays(1).Ticks;
        var longAgo = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-20).UtcTicks;
        await RowCopies.MakeAsync(context, "Sessions", "\"Id\" = @id", session, rows, new Dictionary<string, string>
        {
            ["Id"] = NewId,
            ["KeyHash"] = "randomblob(32)",
            ["UserId"] = Text($"{last} + 1 + (n * 7919) % {(rows + 9) / 10}"),
            ["LastSeenAt"] = Text($"{longAgo} - {day}"),
            // Half of them idle and half of them old.
            ["ExpiresAt"] = Text($"{longAgo} + n * {day / rows} + abs(random()) % {TimeSpan.TicksPerMinute}"),
            ["AbsoluteExpiresAt"] = Text($"CASE n % 2 WHEN 0 THEN {longAgo} ELSE {longAgo} + {100 * day} END"),
        }, cancellationToken);
        await ManyUsers.CountAsync(context, cancellationToken);
    }

    /// <summary>Makes the ended sessions so old that they are to be forgotten.</summary>
    public static async Task AgeEndedAsync(PortalHost host, CancellationToken cancellationToken)
    {
        await using var context = await ContextAsync(host, cancellationToken);
        var longAgo = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-60);
        await context.Sessions.Where(session => session.EndedAt != null)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedAt, longAgo), cancellationToken);
    }

    /// <summary>Makes live sessions of one person.</summary>
    public static async Task AddLiveAsync(PortalHost host, string session, int rows, CancellationToken cancellationToken)
    {
        await using var context = await ContextAsync(host, cancellationToken);
        await RowCopies.MakeAsync(context, "Sessions", "\"Id\" = @id", session, rows, new Dictionary<string, string> { ["Id"] = NewId, ["KeyHash"] = "randomblob(32)" }, cancellationToken);
        await ManyUsers.CountAsync(context, cancellationToken);
    }

    // As long as a real one, random at its end and in the order of creation.
    private const string NewId = "printf('%010x', n) || lower(hex(randomblob(8)))";

    private static async Task<(TestUser User, string Session)> PatternAsync(PortalHost host, CancellationToken cancellationToken)
    {
        var user = await host.CreateUserAsync();
        using var client = await host.BeginSessionAsync(user);
        return (user, (await host.SessionIdOfAsync(client, cancellationToken))!);
    }

    private static async Task<PortalDbContext> ContextAsync(PortalHost host, CancellationToken cancellationToken) =>
        await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Benchmarks.Loads;

/// <summary>A large site: people of many domains, in every state, with names, roles and sessions.</summary>
internal static class ManyUsers
{
    public const int Domains = 200;
    public const int Roles = 50;

    /// <summary>One name in twenty for each of four places, so that a name in full is rare and its parts are not.</summary>
    private static readonly string[] Syllables =
        ["Ka", "Lo", "Mi", "Ra", "Su", "Te", "No", "Vi", "Da", "Pe", "Ju", "Ho", "Be", "Gi", "Fa", "Zo", "Wu", "Ne", "Ti", "Ry"];

    /// <summary>Makes so many users and as many sessions, beside an administrator <c>admin@example.org</c> with the kit's password.</summary>
    public static async Task AddAsync(PortalHost host, int users, CancellationToken cancellationToken)
    {
        await host.CreateUserAsync("admin@example.org", "operator", roles: RoleNames.Administrator);
        var pattern = await host.CreateUserAsync("pattern@example.org", "pattern");
        using var client = await host.BeginSessionAsync(pattern);
        var session = (await host.SessionIdOfAsync(client, cancellationToken))!;
        var roles = host.Services.GetRequiredService<IRoleAdmin>();
        for (var role = 1; role <= Roles; role++)
        {
            await roles.CreateAsync(Text($"role-{role}"), null, Operator.CommandLine, cancellationToken);
        }

        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        var domains = host.Services.GetRequiredService<IDomainAdmin>();
        for (var domain = 0; domain < Domains; domain++)
        {
            await domains.CreateAsync(Text($"domain{domain}.example"), Operator.CommandLine, cancellationToken);
        }

        var last = await context.Users.MaxAsync(row => row.Id, cancellationToken);
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcTicks;
        var number = Text($"((n * 7919) % {users})");
        var name = $"{Syllable("n")} || lower({Syllable("n / 20")}) || ' ' || {Syllable("n / 400")} || lower({Syllable("n / 8000")})";
        await RowCopies.MakeAsync(context, "Users", "\"Id\" = @id", pattern.Id, users, new Dictionary<string, string>
        {
            ["Id"] = Text($"{last} + n"),
            ["UserName"] = $"'person' || {number}",
            ["NormalizedUserName"] = $"'PERSON' || {number}",
            ["Email"] = Text($"'person' || {number} || '@domain' || (n % {Domains}) || '.example'"),
            ["NormalizedEmail"] = Text($"'PERSON' || {number} || '@DOMAIN' || (n % {Domains}) || '.EXAMPLE'"),
            ["Domain"] = Text($"'domain' || (n % {Domains}) || '.example'"),
            ["Profile"] = $"json_object('full_name', {name})",
            ["NormalizedFullName"] = $"upper({name})",
            ["IsActive"] = "n % 29 <> 0",
            ["BlockedAt"] = Text($"CASE WHEN n % 203 = 0 THEN {now} END"),
            ["VerifiedAt"] = Text($"CASE WHEN n % 3 = 0 THEN {now} END"),
            ["ConfirmedAt"] = Text($"CASE WHEN n % 47 <> 0 THEN {now} END"),
            ["SignedInAt"] = Text($"{now} - abs(random() % {TimeSpan.FromDays(700).Ticks})"),
            ["CreatedAt"] = Text($"{now} - {TimeSpan.FromDays(3000).Ticks} + n * {TimeSpan.FromMinutes(4).Ticks}"),
        }, cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""INSERT OR IGNORE INTO "Memberships" ("UserId", "RoleId") SELECT "Id", (SELECT min("Id") FROM "Roles") + 1 + "Id" % {Roles} FROM "Users" WHERE "Id" % 10 = 0""",
            cancellationToken);
        await RowCopies.MakeAsync(context, "Sessions", "\"Id\" = @id", session, users, new Dictionary<string, string>
        {
            ["Id"] = "printf('%010x', n) || lower(hex(randomblob(8)))",
            ["KeyHash"] = "randomblob(32)",
            ["UserId"] = Text($"{last} + 1 + (n * 7907) % {users}"),
            ["Ip"] = "'198.51.' || (n % 256) || '.' || (n / 256 % 256)",
            ["Country"] = "substr('CHDEFRITATUSGBJPBRIN', 1 + 2 * (n % 10), 2)",
            ["Browser"] = "CASE n % 4 WHEN 0 THEN 'Firefox' WHEN 1 THEN 'Chrome' WHEN 2 THEN 'Safari' ELSE 'Edge' END",
            ["Os"] = "CASE n % 5 WHEN 0 THEN 'Linux' WHEN 1 THEN 'Windows' WHEN 2 THEN 'macOS' WHEN 3 THEN 'Android' ELSE 'iOS' END",
            ["LastSeenAt"] = Text($"{now} - abs(random() % {TimeSpan.FromDays(5).Ticks})"),
        }, cancellationToken);
        await CountAsync(context, cancellationToken);
    }

    /// <summary>Writes what the portal keeps of each user's roles and sessions, which copied rows do not tell.</summary>
    public static Task CountAsync(PortalDbContext context, CancellationToken cancellationToken) => context.Users.ExecuteUpdateAsync(
        row => row
            .SetProperty(user => user.RoleCount, user => context.UserRoles.Count(member => member.UserId == user.Id))
            .SetProperty(user => user.LiveSessions, user => context.Sessions.Count(session => session.UserId == user.Id && session.EndedAt == null)),
        cancellationToken);

    private static string Syllable(string number) =>
        $"substr('{string.Concat(Syllables)}', 1 + 2 * (({number}) % {Syllables.Length.ToString(CultureInfo.InvariantCulture)}), 2)";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

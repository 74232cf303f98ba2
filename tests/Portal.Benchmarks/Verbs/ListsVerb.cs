using System.Buffers.Text;
using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Administration.Board;
using Portal.Accounts.Data;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>lists</c>: what a page of a long list takes, at ten thousand rows and at a million.</summary>
internal static class ListsVerb
{
    private const int Few = 10_000;

    public static Command Make()
    {
        var users = CountOption.Of("--users", 1_000_000, "How many users, and as many sessions.");
        var rounds = CountOption.Of("--rounds", 20, "How often each page is asked for.");
        var verb = new Command("lists", "Measure the lists of the administration at 10,000 rows and at many.") { users, rounds };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(users), parsed.GetValue(rounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int users, int rounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        var few = await MeasureAsync(Few, rounds, cancellationToken);
        var many = await MeasureAsync(users, rounds, cancellationToken);
        Report.Print("lists", new
        {
            Users = users,
            Few,
            Pages = many.ToDictionary(page => page.Key, page => new { Ms = page.Value, FewMs = few[page.Key].P50, Ratio = Rounded.To3(page.Value.P50 / few[page.Key].P50) }),
        });
    }

    private static async Task<Dictionary<string, Spread>> MeasureAsync(int users, int rounds, CancellationToken cancellationToken)
    {
        await using var host = await PortalHost.StartAsync(options => options.UseRealClock = true);
        Report.Say($"making {users} users");
        await ManyUsers.AddAsync(host, users, cancellationToken);
        var list = host.Services.GetRequiredService<IUserList>();
        var sessions = host.Services.GetRequiredService<ISessionAdmin>();
        var board = host.Services.GetRequiredService<IBoardService>();
        var middle = await MiddleAsync(host, cancellationToken);
        Dictionary<string, Func<Task>> pages = new()
        {
            ["first page"] = () => PageAsync(new UserFilter()),
            ["middle page"] = () => PageAsync(new UserFilter(), window: new ListWindow { After = middle }),
            ["last page"] = () => PageAsync(new UserFilter(), window: new ListWindow { IsLast = true }),
            ["substring of all"] = () => PageAsync(new UserFilter { Text = "example" }),
            ["substring of few"] = () => PageAsync(new UserFilter { Text = "kalo mira" }),
            ["no hit"] = () => PageAsync(new UserFilter { Text = "zzzqqq" }),
            ["prefix"] = () => PageAsync(new UserFilter { Text = "person12" }),
            ["two letters"] = () => PageAsync(new UserFilter { Text = "pe" }),
            ["active, by last sign-in"] = () => PageAsync(new UserFilter { State = UserState.Active }, UserSort.SignedIn, isDescending: true),
            ["inactive"] = () => PageAsync(new UserFilter { State = UserState.Inactive }),
            ["blocked, by name"] = () => PageAsync(new UserFilter { State = UserState.Blocked }, UserSort.Name),
            ["verified, by username"] = () => PageAsync(new UserFilter { IsVerified = true }, UserSort.UserName),
            ["of a role"] = () => PageAsync(new UserFilter { Role = "role-7" }),
            ["of a domain, by creation"] = () => PageAsync(new UserFilter { Domain = "domain7.example" }, UserSort.Created),
            ["without a second factor, by last sign-in"] = () => PageAsync(new UserFilter { HasSecondFactor = false }, UserSort.SignedIn, isDescending: true),
            ["with a second factor"] = () => PageAsync(new UserFilter { HasSecondFactor = true }),
            ["by roles, the most first"] = () => PageAsync(new UserFilter(), UserSort.Roles, isDescending: true),
            ["by sessions, the most first"] = () => PageAsync(new UserFilter(), UserSort.Sessions, isDescending: true),
            ["by second factor"] = () => PageAsync(new UserFilter(), UserSort.SecondFactor),
            ["locked"] = () => PageAsync(new UserFilter { IsLocked = true }),
            ["chips"] = () => list.CountAsync(new UserFilter(), cancellationToken),
            ["chips beside a text that few hold"] = () => list.CountAsync(new UserFilter { Text = "person1234" }, cancellationToken),
            ["sessions"] = () => SessionsAsync(new SessionSearch()),
            ["sessions of a person"] = () => SessionsAsync(new SessionSearch { User = "person1234" }),
            ["sessions of an address"] = () => SessionsAsync(new SessionSearch { Ip = "198.51.7.7" }),
            ["sessions of a country"] = () => SessionsAsync(new SessionSearch { Country = "CH" }),
            ["sessions of a country, browser and system"] = () => SessionsAsync(new SessionSearch { Country = "DE", Browser = "Chrome", Os = "Windows" }),
            ["sessions since a day ago"] = () => SessionsAsync(new SessionSearch { Since = TimeProvider.System.GetUtcNow().AddDays(-1) }),
            ["sessions online"] = () => SessionsAsync(new SessionSearch { IsOnline = true }),
            ["kinds of sessions"] = () => sessions.KindsAsync(cancellationToken),
            ["board, a month"] = () => board.HistoryAsync(BoardSpan.Month, cancellationToken),
        };
        Dictionary<string, Spread> figures = [];
        foreach (var (name, ask) in pages)
        {
            Report.Say(name);
            List<double> took = [];
            for (var round = -2; round < rounds; round++)
            {
                var started = TimeProvider.System.GetTimestamp();
                await ask();
                took.AddRange(round >= 0 ? [TimeProvider.System.GetElapsedTime(started).TotalMilliseconds] : []);
            }

            figures[name] = Spread.Of(took);
        }

        return figures;

        Task SessionsAsync(SessionSearch search) => sessions.ListAsync(search, new ListWindow(), cancellationToken);

        Task PageAsync(UserFilter filter, UserSort sort = UserSort.Email, bool isDescending = false, ListWindow? window = null) =>
            list.ListAsync(filter, sort, isDescending, window ?? new ListWindow(), cancellationToken);
    }

    /// <summary>The place of a row in the middle of the list, as the list itself writes it.</summary>
    private static async Task<string> MiddleAsync(PortalHost host, CancellationToken cancellationToken)
    {
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
        var middle = await context.Users.OrderBy(user => user.NormalizedEmail).Skip(await context.Users.CountAsync(cancellationToken) / 2)
            .Select(user => new { Key = user.NormalizedEmail, user.Id }).FirstAsync(cancellationToken);
        return Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(middle));
    }
}

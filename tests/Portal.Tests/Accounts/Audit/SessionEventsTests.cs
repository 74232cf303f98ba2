using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Audit;

/// <summary>What the ends of sessions leave in the log.</summary>
public sealed class SessionEventsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<SessionEndReason> Reasons => [.. Enum.GetValues<SessionEndReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Every_end_of_a_session_is_an_event_with_its_reason_and_who(SessionEndReason reason)
    {
        var (user, other) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var browser = await _host.BeginSessionAsync(user);
        using var neighbour = await _host.BeginSessionAsync(user);
        var id = await _host.IdAsync(browser);

        await _host.Get<SessionEnder>().EndAsync(SessionFilter.One(id), new SessionEnd(reason, other.Id), Token);

        var row = (await _host.AuditRowsAsync()).Last(row => row.SubjectId == user.Id);
        if (reason is SessionEndReason.You)
        {
            Assert.Equal(("signed-out", user.Id, id), (row.Kind, row.ActorId, row.SessionId));
            return;
        }

        Assert.Equal(("session-ended", other.Id, null), (row.Kind, row.ActorId, row.SessionId));
        var details = JsonSerializer.Deserialize<JsonElement>(row.Details!);
        Assert.Equal(reason.ToName(), details.GetProperty("reason").GetString());
        Assert.Equal(id, details.GetProperty("session").GetProperty("id").GetString());
        Assert.Equal("Firefox", details.GetProperty("session").GetProperty("browser").GetString());
    }

    [Fact]
    public async Task Ending_others_tells_from_where_and_one_event_each()
    {
        var user = await _host.CreateUserAsync();
        using var here = await _host.BeginSessionAsync(user, address: "198.51.100.4");
        using var there = await _host.BeginSessionAsync(user, address: "198.51.100.5");
        using var elsewhere = await _host.BeginSessionAsync(user, address: "198.51.100.6");

        await _host.Get<ISessionService>().EndOthersAsync(await _host.PersonAsync(here), Token);

        var ended = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == user.Id && row.Kind == "session-ended").ToList();
        var current = await _host.IdAsync(here);
        Assert.Equal(2, ended.Count);
        Assert.All(ended, row => Assert.Equal((user.Id, current, "198.51.100.4"), (row.ActorId, row.SessionId, row.Ip)));
    }

    [Fact]
    public async Task Very_many_sessions_of_one_user_are_told_in_few_rows_that_name_each()
    {
        var user = await _host.CreateUserAsync();
        var far = _host.Clock.GetUtcNow().AddDays(1);
        await _host.InsertAsync(user, 520, far, far);
        var ids = (await _host.QueryAsync(context => context.Sessions.Where(session => session.UserId == user.Id).Select(session => session.Id).ToListAsync(Token))).ToHashSet();

        await _host.EndUserAsync(user.Id);

        var ended = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == user.Id && row.Kind == "session-ended").ToList();
        Assert.Equal(2, ended.Count);
        Assert.Equal(ids, ended.SelectMany(row => JsonSerializer.Deserialize<JsonElement>(row.Details!).GetProperty("sessions").EnumerateArray()).Select(id => id.GetString()!).ToHashSet());
    }

    [Fact]
    public async Task A_few_sessions_whose_time_ran_out_are_told_to_each_person_a_backlog_in_few_rows_that_name_each()
    {
        var user = await _host.CreateUserAsync();
        var ago = _host.Clock.GetUtcNow().AddHours(-1);
        await _host.InsertAsync(user, 3, ago, ago);
        await _host.Get<SessionSweeper>().SweepAsync(Token);
        Assert.Equal(3, (await _host.AuditRowsAsync()).Count(row => row.SubjectId == user.Id && row.Kind == "session-ended"));

        await _host.InsertAsync(user, 520, ago, ago);
        var ids = (await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == user.Id && row.EndedAt == null).Select(row => row.Id).ToListAsync(Token))).ToHashSet();
        await _host.Get<SessionSweeper>().SweepAsync(Token);

        var ended = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == null && row.Kind == "session-ended").ToList();
        Assert.Equal(2, ended.Count);
        Assert.Equal(ids, ended.SelectMany(row => JsonSerializer.Deserialize<JsonElement>(row.Details!).GetProperty("sessions").EnumerateArray()).Select(id => id.GetString()!).ToHashSet());
    }

    [Fact]
    public async Task Signing_out_is_told()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);

        Assert.Equal(
            ["account-created", "signed-in", "signed-out"],
            (await _host.EventsAboutAsync(user.Id)).Select(text => text.Split(' ')[0]));
    }
}

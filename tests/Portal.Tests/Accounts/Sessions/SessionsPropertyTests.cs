using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>
/// Thousands of random steps on the real services and a real database, beside a model. After each step the live rows, the
/// tabs and the tickets are what the model says, so nothing ever ends but what was ended or is over its limit.
/// </summary>
public sealed class SessionsPropertyTests : IAsyncLifetime
{
    private const int People = 5;
    private const int MaxLive = 40;

    private SessionsModel _model = null!;
    private PortalHost _host = null!;
    private Random _random = null!;
    private SessionStore _store = null!;
    private int _tabs;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        // What timers do, the steps do.
        _host = await PortalHost.StartAsync(options =>
        {
            options.ConfigureServices = services =>
                services.RemoveHosted(typeof(SessionSweeper), typeof(LastSeenWriter), typeof(FeedReader), typeof(MailSender));
            // So that some of those who end others were proved before that and some were not.
            options.Settings["Sessions:RecentAuthentication"] = SessionsModel.Recently.ToString();
        });
        _store = _host.Get<SessionStore>();
        _model = new SessionsModel(_host.Clock);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [Trait("ASVS", "7.4.1")]
    [InlineData(1)]
    [InlineData(20260)]
    [InlineData(777_777)]
    public async Task Exactly_what_was_ended_or_is_over_its_limit_has_ended(int seed)
    {
        _random = new Random(seed);
        for (var i = 0; i < People; i++)
        {
            _model.People.Add(new SessionsModel.Person((await _host.CreateUserAsync()).Id));
        }

        for (var step = 0; step < 1200; step++)
        {
            var what = await StepAsync();
            await AgreesAsync($"seed {seed}, step {step}: {what}");
        }

        Assert.All(Enum.GetValues<SessionEndReason>().Except([SessionEndReason.Blocked, SessionEndReason.PasswordChanged, SessionEndReason.Deleted, SessionEndReason.Left, SessionEndReason.Provider]),
            reason => Assert.Contains(reason, _model.Reasons));
    }

    private async Task<string> StepAsync()
    {
        var own = _host.Get<ISessionService>();
        switch (_random.Next(100))
        {
            case < 22:
                return await SignInAsync();
            case < 45:
                return await RequestAsync();
            case < 50 when Pick() is { } session:
                await _store.RemoveAsync(session.Key, Token);
                _model.End(session, SessionEndReason.You);
                return $"sign out {session.Id}";
            case < 55 when Pick() is { } session && await PersonAsync(session) is { } person && Pick() is { } target:
                var reason = target == session ? SessionEndReason.You : SessionEndReason.Revoked;
                EndOutcome ends = target != session && !_model.IsProved(session) ? new EndOutcome.NeedsRecentAuthentication()
                    : target.Person == session.Person && _model.End(target, reason) ? new EndOutcome.Ended(1)
                    : new EndOutcome.NotFound();
                Assert.Equal(ends, await own.EndAsync(person, target.Id, Token));
                return $"{session.Id} ends {target.Id}";
            case < 58 when Pick() is { } session && await PersonAsync(session) is { } person:
                EndOutcome others = _model.IsProved(session)
                    ? new EndOutcome.Ended(_model.EndAll(other => other.Person == session.Person && other != session, SessionEndReason.Everywhere))
                    : new EndOutcome.NeedsRecentAuthentication();
                Assert.Equal(others, await own.EndOthersAsync(person, Token));
                return $"{session.Id} ends its others";
            case < 62 when Pick() is { } session:
                Assert.Equal(session.Ended is null, await _host.EndSessionAsync(session.Id, Token));
                _model.End(session, SessionEndReason.Administrator);
                return $"administrator ends {session.Id}";
            case < 64:
                return await ActivationAsync();
            case < 65 when _random.Next(4) == 0:
                var all = await _host.EndAsync(SessionChoice.Everybodys, Operator.CommandLine);
                Assert.Equal(_model.EndAll(_ => true, SessionEndReason.Administrator), all);
                return "end all";
            case < 75:
                TimeSpan[] jumps = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(3), TimeSpan.FromHours(1), TimeSpan.FromHours(7), TimeSpan.FromHours(13), TimeSpan.FromDays(5), TimeSpan.FromDays(31)];
                _host.Clock.Advance(jumps[_random.Next(jumps.Length)]);
                return "time passes";
            case < 78:
                await SweepAsync();
                return "sweep";
            case < 82:
                await _host.Get<LastSeenWriter>().WriteAsync(Token);
                return "write last seen";
            case < 84:
                _host.Get<SessionCache>().EvictUser(_model.People[_random.Next(People)].Id);
                return "evict";
            case < 91:
                return await OpenTabAsync();
            case < 96 when PickTab() is { } tab:
                tab.IsConnected = !tab.IsConnected;
                _host.Get<LiveCircuits>().Connected(tab.Circuit, tab.IsConnected);
                return "tab comes or goes";
            default:
                return CloseTab();
        }
    }

    private async Task<string> SignInAsync()
    {
        var person = _model.People[_random.Next(People)];
        var former = _random.Next(3) == 0 ? Pick() : null;
        var formerPerson = former is null ? null : await PersonAsync(former);
        var isPersistent = _random.Next(2) == 0;
        if (!person.IsActive)
        {
            await Assert.ThrowsAsync<InactiveUserException>(() => _store.BeginAsync(person.Id, isPersistent, formerPerson));
            return $"refused sign-in of {person.Id}";
        }

        var key = await _store.BeginAsync(person.Id, isPersistent, formerPerson);
        var hash = SessionKey.Hash(key);
        var id = await _host.QueryAsync(context => context.Sessions.Where(row => row.KeyHash == hash).Select(row => row.Id).SingleAsync(Token));
        if (formerPerson is not null)
        {
            _model.End(former!, SessionEndReason.Replaced);
        }

        var session = new SessionsModel.Session(person, id, key, isPersistent, Now);
        _model.Sessions.Add(session);
        if (_model.Sessions.Count(other => other.Ended is null) > MaxLive)
        {
            Assert.Equal(_model.EndAll(other => other.Person == person, SessionEndReason.Administrator), await _host.EndUserAsync(person.Id));
        }

        return $"sign in {id}";
    }

    /// <summary>A request with a cookie: of a live session mostly, of any other at times.</summary>
    private async Task<string> RequestAsync()
    {
        if ((_random.Next(4) == 0 ? PickAny() : Pick()) is not { } session)
        {
            return "nothing to ask for";
        }

        var ticket = await _store.RetrieveAsync(session.Key, Token);
        var over = session.Ended is null ? session.OverAt(Now) : session.Ended;
        Assert.Equal(over is null, ticket is not null);
        if (over is null)
        {
            Assert.Equal((session.Person.Id, session.Id), (ticket!.Principal.UserId(), ticket.Principal.SessionId()));
            session.SeenAt = Now;
        }
        else
        {
            _model.End(session, over.Value);
        }

        return $"request of {session.Id}";
    }

    private async Task<string> ActivationAsync()
    {
        var person = _model.People[_random.Next(People)];
        var name = person.Id.ToString(CultureInfo.InvariantCulture);
        var admin = _host.Get<IUserAdmin>();
        if (person.IsActive)
        {
            var done = Assert.IsType<AdminOutcome.Done>(await admin.DeactivateAsync(name, Operator.CommandLine, Token));
            Assert.Equal(_model.EndAll(session => session.Person == person, SessionEndReason.Deactivated), done.EndedSessions);
        }
        else
        {
            Assert.IsType<AdminOutcome.Done>(await admin.ActivateAsync(name, Operator.CommandLine, Token));
        }

        person.IsActive = !person.IsActive;
        return $"{name} is {(person.IsActive ? "activated" : "deactivated")}";
    }

    private async Task SweepAsync()
    {
        await _host.Get<SessionSweeper>().SweepAsync(Token);
        var ended = await _host.QueryAsync(context => context.Sessions.Where(row => row.EndedAt == Now).Select(row => row.Id).ToListAsync(Token));
        // It may leave what is just over; what it ends must be over.
        foreach (var session in _model.Sessions.Where(session => session.Ended is null && ended.Contains(session.Id)))
        {
            _model.End(session, Assert.NotNull(session.OverAt(Now)));
        }

        _model.Forget();
        Assert.DoesNotContain(_model.Sessions, session => session.Ended is null && session.OverAt(Now - TimeSpan.FromMinutes(2)) is not null);
    }

    private async Task<string> OpenTabAsync()
    {
        if (PickAny() is not { } session)
        {
            return "no session to open a tab of";
        }

        // As the circuit's handler does it: into the tracker first, then the look at the row.
        var circuit = new CircuitSession();
        circuit.Open($"{++_tabs}", _host.Get<SessionCache>().LifeOf(session.Id, session.Person.Id), Now);
        var tab = new SessionsModel.Tab(session, circuit);
        circuit.OnOver(tab.Told.Add);
        _model.Tabs.Add(tab);
        _host.Get<LiveCircuits>().Add(circuit);
        var (person, reason) = await _store.FindPersonAsync(session.Id, Token);
        if (person is null)
        {
            circuit.End(reason ?? SessionEndReason.Expired);
            tab.Left = session.Ended ?? session.OverAt(Now);
        }

        return $"open a tab of {session.Id}";
    }

    private string CloseTab()
    {
        if (PickTab() is { } tab)
        {
            tab.Circuit.IsConnected = false;
            _host.Get<LiveCircuits>().Remove(tab.Circuit);
            _model.Tabs.Remove(tab);
        }

        return "close a tab";
    }

    private async Task AgreesAsync(string after)
    {
        var live = await _host.QueryAsync(context => context.Sessions.Where(row => row.EndedAt == null).Select(row => row.Id).ToListAsync(Token));
        Assert.True(_model.Sessions.Where(session => session.Ended is null).Select(session => session.Id).ToHashSet().SetEquals(live), $"Live rows differ after {after}.");
        Assert.All(_model.Tabs, tab => Assert.True(tab.Left == tab.Circuit.EndReason && tab.Told.SequenceEqual(tab.Left is { } left ? [left] : []), $"A tab of {tab.Session.Id} differs after {after}."));
        var circuits = _host.Get<LiveCircuits>();
        Assert.All(_model.Tabs.GroupBy(tab => tab.Session.Id), tabs => Assert.Equal(tabs.Count(tab => tab.IsConnected), circuits.TabsOf(tabs.Key)));
        Assert.Equal(_model.Tabs.Count, circuits.Count);
    }

    /// <summary>The person of a session that lives by the clock too; looking is no activity.</summary>
    private async Task<System.Security.Claims.ClaimsPrincipal?> PersonAsync(SessionsModel.Session session)
    {
        var (person, _) = await _store.FindPersonAsync(session.Id, Token);
        Assert.Equal(session.Ended is null && session.OverAt(Now) is null, person is not null);
        return person;
    }

    private SessionsModel.Session? Pick() => Among([.. _model.Sessions.Where(session => session.Ended is null)]);

    private SessionsModel.Session? PickAny() => Among([.. _model.Sessions.TakeLast(100)]);

    private SessionsModel.Tab? PickTab() => _model.Tabs.Count == 0 ? null : _model.Tabs[_random.Next(_model.Tabs.Count)];

    private SessionsModel.Session? Among(IReadOnlyList<SessionsModel.Session> sessions) => sessions.Count == 0 ? null : sessions[_random.Next(sessions.Count)];
}

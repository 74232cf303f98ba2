using System.Security.Claims;
using System.Text.Json;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;

namespace Portal.Tests.Web.Profile;

/// <summary>Somebody's own events, as many as a test adds; takes reports and does nothing.</summary>
internal sealed class FakeActivity : IActivityService
{
    private readonly List<ActivityInfo> rows = [];

    public List<long> Reported { get; } = [];

    public int Readings { get; private set; }

    /// <summary>How the next reports end; those behind them end the session. What needs a proof first is not told yet.</summary>
    public Queue<NotMeOutcome> Outcomes { get; } = [];

    public void Add(AuditKind kind, string? session = null, string details = "{}") => rows.Insert(0, new ActivityInfo
    {
        Id = rows.Count + 1,
        At = DateTimeOffset.UnixEpoch,
        KindName = kind.ToName(),
        IsByYou = kind is not (AuditKind.SignInFailed or AuditKind.RoleGiven),
        SessionId = session,
        IsCurrentSession = session == "current",
        Ip = "192.0.2.1",
        Browser = "Firefox",
        Os = "Linux",
        Details = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(details)!,
    });

    public void AddMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(AuditKind.ProfileChanged);
        }
    }

    public Task<ActivityList> ListAsync(
        ClaimsPrincipal person, IReadOnlyCollection<AuditKind>? kinds = null, long? before = null, int size = 50, CancellationToken cancellationToken = default)
    {
        Readings++;
        var found = rows.Where(row => (kinds?.Contains(row.Kind!.Value) ?? true) && (before is null || row.Id < before)).Take(size + 1).ToList();
        return Task.FromResult(new ActivityList([.. found.Take(size)], found.Count > size ? found[size - 1].Id : null));
    }

    public Task<NotMeOutcome> ReportAsync(ClaimsPrincipal person, long eventId, CancellationToken cancellationToken = default)
    {
        var outcome = Outcomes.TryDequeue(out var next) ? next : NotMeOutcome.SessionEnded;
        if (outcome is not NotMeOutcome.NeedsRecentAuthentication)
        {
            Reported.Add(eventId);
        }

        return Task.FromResult(outcome);
    }
}

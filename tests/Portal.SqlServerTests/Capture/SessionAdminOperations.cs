using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Administration.Board;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.SqlServerTests.Capture;

/// <summary>What operators do with everybody's sessions: choices that made-up arguments cannot make.</summary>
internal static class SessionAdminOperations
{
    private static readonly SessionSearch Everything = new()
    {
        User = "1",
        Ip = "198.51.100.7",
        Country = "PT",
        Browser = "Firefox",
        Os = "Linux",
        IsOnline = true,
        IsImpersonation = true,
        Since = DateTimeOffset.UnixEpoch,
    };

    // A place of the list of sessions: behind the id "a".
    private static readonly ListWindow Behind = new() { After = "eyJLZXkiOiJhIiwiSWQiOiJhIn0" };

    public static IReadOnlyList<CapturedOperation> All =>
    [
        On<ISessionAdmin>("SessionAdmin.ListAsync, all filters", (sessions, cancellation) => sessions.ListAsync(Everything, Behind, cancellation)),
        On<ISessionAdmin>("SessionAdmin.ListAsync, the end", (sessions, cancellation) => sessions.ListAsync(new SessionSearch(), new ListWindow { IsLast = true }, cancellation)),
        On<ISessionAdmin>("SessionAdmin.PreviewAsync", (sessions, cancellation) => sessions.PreviewAsync(SessionChoice.Matching(Everything), Operator.CommandLine, cancellation)),
        On<ISessionAdmin>("SessionAdmin.EndAsync, some", (sessions, cancellation) => sessions.EndAsync(SessionChoice.These(new string('0', 26)), Operator.CommandLine, cancellation)),
        On<ISessionAdmin>("SessionAdmin.EndAsync, everybody's", (sessions, cancellation) => sessions.EndAsync(SessionChoice.Everybodys, Operator.CommandLine, cancellation)),
        On<ISessionAdmin>("SessionAdmin.CleanAsync", (sessions, cancellation) => sessions.CleanAsync(Operator.CommandLine, cancellation)),
        On<SessionInfos>("SessionInfos.FindAsync", (infos, cancellation) => infos.FindAsync(new string('0', 26), cancellation)),
        On<IBoardService>("BoardService.HistoryAsync", (board, cancellation) => board.HistoryAsync(BoardSpan.Month, cancellation)),
        new("Impersonator.MayActAsync", (services, cancellation) =>
            Impersonator.MayActAsync(services.GetRequiredService<PortalDbContext>(), new SessionAsker(2, "b"), cancellation)),
        new("SessionCapacity.MakeRoomAsync", (services, cancellation) =>
            services.GetRequiredService<SessionCapacity>().MakeRoomAsync(services.GetRequiredService<PortalDbContext>(), 1, DateTimeOffset.UnixEpoch, cancellation)),
        .. new (string Which, SessionFilter Filter)[]
        {
            ("a selection by id", SessionFilter.Some(["a", "b"])),
            ("from some", SessionFilter.ImpersonationsFrom(["a", "b"])),
            ("by one", SessionFilter.ImpersonationsBy(2)),
            ("of one", SessionFilter.ImpersonationsOf(1)),
        }.Select(end => On<SessionEnder>($"SessionEnder.EndAsync, {end.Which}", (ender, cancellation) =>
            ender.EndAsync(end.Filter, new SessionEnd(Accounts.Events.SessionEndReason.Left, ById: 2, BySessionId: "b"), cancellation))),
    ];

    private static CapturedOperation On<TService>(string name, Func<TService, CancellationToken, Task> run)
        where TService : notnull => new(name, (services, cancellation) => run(services.GetRequiredService<TService>(), cancellation));
}

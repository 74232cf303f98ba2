using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.SqlServerTests.Capture;

/// <summary>What operators do, behind the checks that made-up arguments do not pass.</summary>
internal static class AdministrationOperations
{
    private static readonly UserSelection[] Selections =
    [
        new UserSelection.Some([1, 2]),
        new UserSelection.Matching(new UserFilter { Text = "a", Role = "curator", Domain = "example.org", HasSecondFactor = false }) { Except = [3, 4] },
    ];

    public static IReadOnlyList<CapturedOperation> All =>
    [
        .. Enum.GetValues<UserMove>().Select(move => On<UserStates>($"MoveAsync, {move}", (states, context, cancellation) =>
            states.MoveAsync(context, Inactive(move), move, new AuditEntry(AuditKind.Activated, 1) { ActorId = 2 }, cancellation))),
        Act<UserModeration>("MoveAsync", (moderation, act, cancellation) => moderation.MoveAsync("1", UserMove.Block, act, cancellation)),
        Act<UserModeration>("DeleteAsync", (moderation, act, cancellation) => moderation.DeleteAsync("1", act, cancellation)),
        Act<UserModeration>("SendLinkAsync", (moderation, act, cancellation) => moderation.SendLinkAsync("1", act, cancellation)),
        Act<FactorRemoval>("RemoveAsync", (removal, act, cancellation) => removal.RemoveAsync("1", act, cancellation)),
        Act<FactorRemoval>("RemovePasskeyAsync", (removal, act, cancellation) => removal.RemovePasskeyAsync("1", "a", act, cancellation)),
        Act<RoleChanges>("CreateAsync", (changes, act, cancellation) => changes.CreateAsync("curator", "Looks after.", act.By, cancellation)),
        Act<RoleChanges>("EditAsync", (changes, act, cancellation) => changes.EditAsync("1", new RoleEdit("keeper", "Keeps."), act.By, cancellation)),
        Act<RoleDeletion>("DeleteAsync", (deletion, act, cancellation) => deletion.DeleteAsync("1", version: null, act.By, progress: null, cancellation)),
        Act<RoleAdmin>("GiveAsync", (roles, act, cancellation) => roles.GiveAsync("1", "curator", act, cancellation)),
        Act<RoleAdmin>("TakeAsync", (roles, act, cancellation) => roles.TakeAsync("1", RoleNames.Administrator, act, cancellation)),
        On<WaysIn>("RemainWithoutPasswordAsync", (ways, context, cancellation) => ways.RemainWithoutPasswordAsync(context, 1, cancellation)),
        On<WaysIn>("RemainWithoutPasskeyAsync", (ways, context, cancellation) => ways.RemainWithoutPasskeyAsync(context, 1, "a", cancellation)),
        On<WaysIn>("RemainWithoutIdentityAsync", (ways, context, cancellation) => ways.RemainWithoutIdentityAsync(context, 1, "a", cancellation)),
        On<UserStates>("TrustAsync", (states, context, cancellation) =>
            states.TrustAsync(context, Ada(), new AuditEntry(AuditKind.Verified, 1), cancellation)),
        On<ConfirmationLinks>("AddAsync", (links, context, cancellation) => links.AddAsync(context, Ada(), null, isReplacement: true, cancellation)),
        On<InvitationLinks>("AddAsync", (links, context, cancellation) => links.AddAsync(context, Ada(), cancellation)),
        On<RecoveryLinks>("AddAsync", (links, context, cancellation) =>
            links.AddAsync(context, Ada(), new MailOccasion(DateTimeOffset.UnixEpoch, null, null, null), isByAdministrator: true, cancellation)),
        On<UserEditing>("NoteAsync", (editing, context, cancellation) => editing.NoteAsync(
            context,
            Ada(),
            "old@example.org",
            "former",
            [new(PreferenceNames.OfProfile("full_name"), "Ada"), new(PreferenceNames.Visibility, "public")],
            new OperatorAct(Operator.CommandLine),
            cancellation)),
        .. Enum.GetValues<BulkAction>().SelectMany(action => Selections.Select(selection => new CapturedOperation(
            $"BulkPreviews.CountAsync, {action}, {selection.GetType().Name}",
            (services, cancellation) => services.GetRequiredService<BulkPreviews>().CountAsync(
                new BulkRequest(action, selection) { Role = "admin" }, Operator.CommandLine, cancellation)))),
        On<UserFilters>("MatchAsync, a text anywhere", (filters, context, cancellation) => filters.MatchAsync(context, new UserFilter { Text = "ada" }, cancellation)),
        Beginning("FewAsync", (hits, _, cancellation) => hits.FewAsync(cancellation)),
        Beginning("ReadAsync", (hits, users, cancellation) => hits.ReadAsync(users, new ListWindow(), cancellation)),
        Beginning("Among", (hits, users, cancellation) => hits.Among(users).TotalAsync(cancellation)),
        Beginning("Ids", (hits, users, cancellation) => UserFilters.Joined(hits.Ids, users).TotalAsync(cancellation)),
        new("RoleLists.MembersAsync, a page", (services, cancellation) => services.GetRequiredService<RoleLists>()
            .MembersAsync(1, new ListWindow { After = PlaceOf("1", "1") }, cancellation)),
        new("RoleLists.PageAsync, searched", (services, cancellation) => services.GetRequiredService<RoleLists>()
            .PageAsync("cur", new ListWindow { After = PlaceOf("\"CURATOR\"", "1") }, cancellation)),
        new("RoleLists.CandidatesAsync", (services, cancellation) => services.GetRequiredService<RoleLists>().CandidatesAsync(1, "ada", 10, cancellation)),
    ];

    private static string PlaceOf(string key, string id) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($$"""{"Key":{{key}},"Id":{{id}}}"""));

    private static User Ada() => new() { Id = 1, UserName = "ada", Email = "ada@example.org", NormalizedEmail = "ADA@EXAMPLE.ORG", Domain = "example.org" };

    /// <summary>In a state in which the move does something.</summary>
    private static User Inactive(UserMove move)
    {
        var user = Ada();
        user.IsActive = move is not UserMove.Activate;
        user.VerifiedAt = move is UserMove.Unverify ? DateTimeOffset.UnixEpoch : null;
        return user;
    }

    private static CapturedOperation Beginning(string method, Func<BeginningHits, IQueryable<User>, CancellationToken, Task> run) =>
        new($"{nameof(BeginningHits)}.{method}", (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            return run(new BeginningHits(context, "KA"), context.Users, cancellation);
        });

    private static CapturedOperation Act<TService>(string method, Func<TService, OperatorAct, CancellationToken, Task> run)
        where TService : notnull => new($"{typeof(TService).Name}.{method}", (services, cancellation) =>
            run(services.GetRequiredService<TService>(), new OperatorAct(Operator.CommandLine, "a reason"), cancellation));

    private static CapturedOperation On<TService>(string method, Func<TService, PortalDbContext, CancellationToken, Task> run)
        where TService : notnull => new($"{typeof(TService).Name}.{method}", async (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            await run(services.GetRequiredService<TService>(), context, cancellation);
            await context.SaveChangesAsync(cancellation);
        });
}

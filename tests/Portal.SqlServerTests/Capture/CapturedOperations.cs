using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;

namespace Portal.SqlServerTests.Capture;

/// <summary>
/// What a made-up call does not reach (see <see cref="AutomaticOperations"/>), a line each: particular arguments, two
/// calls in a row, what goes through Identity.
/// </summary>
internal static class CapturedOperations
{
    public static IReadOnlyList<CapturedOperation> All =>
    [
        Operation<DatabaseMigrator>("DatabaseMigrator.PendingAsync", (migrator, cancellation) => migrator.PendingAsync(cancellation)),
        Operation<DatabaseMigrator>("DatabaseMigrator.MigrateAsync", (migrator, cancellation) => migrator.MigrateAsync(cancellation)),
        new("FeedReader.ReadAsync, twice", async (services, cancellation) =>
        {
            // The first look only finds where the feed ends.
            using var reader = ActivatorUtilities.CreateInstance<FeedReader>(services);
            await reader.ReadAsync(cancellation);
            await reader.ReadAsync(cancellation);
        }),
        new("AccountEvents.Record", async (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            services.GetRequiredService<AccountEvents>().Record(context, new AccountEvent.UserChanged(1));
            await context.SaveChangesAsync(cancellation);
        }),
        .. EndsOfSessions,
        new("LastSeenWriter.WriteAsync", (services, cancellation) =>
        {
            services.GetRequiredService<SessionCache>().LifeOf("a", userId: 1).See(TimeProvider.System.GetUtcNow());
            return services.GetRequiredService<LastSeenWriter>().WriteAsync(cancellation);
        }),
        new("SessionWatch.HealAsync", (services, cancellation) =>
        {
            var circuit = services.GetRequiredService<CircuitSession>();
            circuit.Open("c", services.GetRequiredService<SessionCache>().LifeOf("a", userId: 1), TimeProvider.System.GetUtcNow());
            services.GetRequiredService<LiveCircuits>().Add(circuit);
            return services.GetRequiredService<SessionWatch>().HealAsync(cancellation);
        }),
        new("SignInNotice.AddAsync", async (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            await services.GetRequiredService<SignInNotice>().AddAsync(context, new UserSession { Id = "a", UserId = 1, Country = "CH" }, isKnownBrowser: true, cancellation);
            await context.SaveChangesAsync(cancellation);
        }),
        // Behind a cookie that a made-up request does not have.
        new("SignInInstead.ListAsync, what counts", (services, cancellation) =>
            SessionCapacity.Counted(services.GetRequiredService<PortalDbContext>(), 1, DateTimeOffset.UnixEpoch).ToListAsync(cancellation)),
        new("PasskeySignIn.TakeSecondStepAsync, whose wait it is", (services, cancellation) =>
            PendingSignIns.PersonOf(services.GetRequiredService<PortalDbContext>(), userId: 1).SingleOrDefaultAsync(cancellation)),
        Store("FindByIdAsync", (store, cancellation) => store.FindByIdAsync("1", cancellation)),
        Store("FindByNameAsync", (store, cancellation) => store.FindByNameAsync("ADA", cancellation)),
        Store("FindByEmailAsync", (store, cancellation) => store.FindByEmailAsync("ADA@EXAMPLE.ORG", cancellation)),
        Store("FindByLoginAsync", (store, cancellation) => store.FindByLoginAsync("oidc", "subject", cancellation)),
        Store("FindByPasskeyIdAsync", (store, cancellation) => store.FindByPasskeyIdAsync([1, 2, 3], cancellation)),
        Store("GetPasskeysAsync", (store, cancellation) => store.GetPasskeysAsync(Ada, cancellation)),
        Store("GetLoginsAsync", (store, cancellation) => store.GetLoginsAsync(Ada, cancellation)),
        Store("GetRolesAsync", (store, cancellation) => store.GetRolesAsync(Ada, cancellation)),
        Store("GetUsersInRoleAsync", (store, cancellation) => store.GetUsersInRoleAsync("ADMIN", cancellation)),
        Store("GetClaimsAsync", (store, cancellation) => store.GetClaimsAsync(Ada, cancellation)),
        Store("GetTokenAsync", (store, cancellation) => store.GetTokenAsync(Ada, "portal", "authenticator", cancellation)),
        Store("CountCodesAsync", (store, cancellation) => store.CountCodesAsync(Ada, cancellation)),
        .. AdministrationOperations.All,
        .. OwnAccountOperations.All,
        .. SiteOperations.All,
        .. SessionAdminOperations.All,
        .. TransferOperations.All,
        .. TypicalQueries.All,
    ];

    private static IEnumerable<CapturedOperation> EndsOfSessions =>
        new (string Which, SessionFilter Filter)[]
        {
            ("one", SessionFilter.One("a")),
            ("one of a user's", SessionFilter.OneOf(1, "a")),
            ("a user's", SessionFilter.AllOf(1)),
            ("a user's others", SessionFilter.OthersOf(1, "a")),
            ("by key", SessionFilter.Key([1, 2, 3])),
            ("a selection", SessionFilter.Expired(["a", "b"], DateTimeOffset.UnixEpoch)),
            ("of a provider's session", SessionFilter.OfProvider("example", "subject", "there")),
            ("of a provider's subject", SessionFilter.OfProvider("example", "subject", null)),
            ("all", SessionFilter.Everyone()),
        }.Select(end => Operation<SessionEnder>($"SessionEnder.EndAsync, {end.Which}", (ender, cancellation) =>
            ender.EndAsync(end.Filter, new SessionEnd(SessionEndReason.Administrator, ById: 2), cancellation)));

    private static User Ada => new() { Id = 1, UserName = "ada", Email = "ada@example.org" };

    /// <summary>A call of one of the library's own services.</summary>
    private static CapturedOperation Operation<TService>(string name, Func<TService, CancellationToken, Task> run)
        where TService : notnull =>
        new(name, (services, cancellation) => run(services.GetRequiredService<TService>(), cancellation));

    private static CapturedOperation Store(string method, Func<IdentityStore, CancellationToken, Task> run) =>
        new("UserStore." + method, async (services, cancellation) =>
        {
            using var store = new IdentityStore(services.GetRequiredService<PortalDbContext>());
            await run(store, cancellation);
        });

    /// <summary>What Identity asks of the tables, with our types.</summary>
    private sealed class IdentityStore(PortalDbContext context)
        : UserStore<User, Role, PortalDbContext, long, IdentityUserClaim<long>, IdentityUserRole<long>, UserIdentity,
            IdentityUserToken<long>, IdentityRoleClaim<long>, UserPasskey>(context);
}

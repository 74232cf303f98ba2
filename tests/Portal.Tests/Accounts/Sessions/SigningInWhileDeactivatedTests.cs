using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SigningInWhileDeactivatedTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Sign_ins_that_race_a_deactivation_leave_no_live_session()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        var store = host.Get<SessionStore>();
        var admin = host.Get<IUserAdmin>();

        for (var round = 0; round < 8; round++)
        {
            using var start = new Barrier(4);
            var signIns = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                try
                {
                    await store.BeginAsync(user.Id);
                }
                catch (InactiveUserException)
                {
                    // Deactivated before its turn.
                }
            }, Token)).ToList();
            await Task.WhenAll([.. signIns, Task.Run(async () =>
            {
                start.SignalAndWait(Token);
                Assert.IsType<AdminOutcome.Done>(await admin.DeactivateAsync(user.Email, null, Token));
            }, Token)]);

            Assert.Empty(await host.SessionsOfAsync(user, Token));
            await admin.ActivateAsync(user.Email, Token);
        }
    }

    [Fact]
    public async Task Who_is_deactivated_between_password_and_session_is_told_so()
    {
        PortalHost host = null!;
        TestUser user = null!;
        var gate = new BeforeTransaction(() => host.Get<IUserAdmin>().DeactivateAsync(user.Email, null, Token));
        await using (host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
            services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(gate))))
        {
            user = await host.CreateUserAsync();
            using var browser = host.CreateClient();
            gate.IsArmed = true;

            using var answer = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

            Assert.False(gate.IsArmed);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("This account is deactivated.", (await answer.PageAsync()).Alert());
            Assert.Empty(await host.SessionsOfAsync(user, Token));
            Assert.False(await browser.IsSignedInAsync());
        }
    }

    /// <summary>Once, lets something else happen before a transaction begins.</summary>
    private sealed class BeforeTransaction(Func<Task> first) : DbTransactionInterceptor
    {
        public bool IsArmed { get; set; }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (IsArmed)
            {
                IsArmed = false;
                await first();
            }

            return result;
        }
    }
}

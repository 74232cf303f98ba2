using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Web.Api;

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
                Assert.IsType<AdminOutcome.Done>(await admin.DeactivateAsync(user.Email, Operator.CommandLine, Token));
            }, Token)]);

            Assert.Empty(await host.SessionsOfAsync(user, Token));
            await admin.ActivateAsync(user.Email, Operator.CommandLine, Token);
        }
    }

    [Fact]
    public async Task Who_is_deactivated_between_password_and_session_is_told_so()
    {
        PortalHost host = null!;
        TestUser user = null!;
        var gate = new BeforeTransaction(() => host.Get<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Token));
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

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_password_replaced_between_its_proof_and_the_session_begins_none()
    {
        PortalHost host = null!;
        HttpClient owner = null!;
        TestUser user = null!;
        var gate = new BeforeTransaction(async () =>
        {
            using var changed = await owner.PostAsJsonAsync(
                "/api/change-password", new { password = user.Password, new_password = "seven herons sleep by lamplight" }, Token);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        });
        await using (host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
            services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(gate))))
        {
            user = await host.CreateUserAsync();
            using (owner = await host.BeginSessionAsync(user))
            {
                await ApiHost.SendTokenAsync(owner);
                using var intruder = host.CreateClient();
                var form = (await PortalHost.OpenFormAsync(intruder, "/login", "sign-in", Token))
                    .With("Input.Login", user.Email).With("Input.Password", user.Password);
                gate.IsArmed = true;

                using var answer = await intruder.PostAsync("/login", form.ToContent(), Token);

                Assert.False(gate.IsArmed);
                Assert.Contains("do not match an account", (await answer.PageAsync()).Alert());
                Assert.False(await intruder.IsSignedInAsync());
                Assert.True(await owner.IsSignedInAsync());
                Assert.Single(await host.SessionsOfAsync(user, Token));
            }
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

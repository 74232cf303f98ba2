using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Mail;
using Portal.Accounts.Recovery;
using Portal.Accounts.Registration;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Registration;

/// <summary>The work that is done does not tell who has an account.</summary>
public sealed class EqualWorkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Asking_for_a_new_mail_sends_the_same_statements_to_the_database_for_everybody()
    {
        var counter = new CommandCounter();
        await using var host = await StartAsync(counter);
        List<string> commands = [];
        foreach (var email in await AddressesAsync(host))
        {
            counter.Forget();
            await host.Get<IRegistrationService>().ResendAsync(email, null, Token);
            commands.Add(string.Join('\n', counter.Commands));
        }

        Assert.Single(commands.Distinct());
        Assert.Equal(2, commands[0].Split("INSERT INTO").Length - 1);
        Assert.Equal(["ConfirmEmail", "Nobody", "Nobody"], await host.QueryAsync(context => context.OutboxMails.OrderBy(mail => mail.Id).Select(mail => mail.Kind).ToListAsync(Token)));
        Assert.Equal(1, await host.QueryAsync(context => context.OneTimeTokens.CountAsync(token => token.UsedAt == null, Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Asking_for_a_new_password_sends_the_same_statements_to_the_database_for_everybody()
    {
        var counter = new CommandCounter();
        await using var host = await StartAsync(counter);
        List<string> commands = [];
        foreach (var email in await AddressesAsync(host))
        {
            counter.Forget();
            Assert.IsType<RecoveryOutcome.Requested>(await host.Get<IRecoveryService>().RequestAsync(new DefaultHttpContext(), email, Token));
            commands.Add(string.Join('\n', counter.Commands));
        }

        Assert.Single(commands.Distinct());
        Assert.Equal(3, commands[0].Split("INSERT INTO").Length - 1);
        Assert.Equal(["ResetPassword", "ResetPassword", "Nobody"], await host.QueryAsync(context => context.OutboxMails.OrderBy(mail => mail.Id).Select(mail => mail.Kind).ToListAsync(Token)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("ASVS", "6.3.8")]
    public async Task Asking_for_a_new_mail_or_password_takes_the_same_time_for_everybody(bool isPassword)
    {
        const int Rounds = 31;
        await using var host = await StartAsync(counter: null);
        var addresses = await AddressesAsync(host);
        var (registration, recovery) = (host.Get<IRegistrationService>(), host.Get<IRecoveryService>());
        var times = addresses.ToDictionary(address => address, _ => new List<double>());

        // In turns, so that whatever else the machine does falls on all alike; the first round only warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var address in addresses)
            {
                var started = Stopwatch.GetTimestamp();
                await (isPassword ? recovery.RequestAsync(new DefaultHttpContext(), address, Token) : (Task)registration.ResendAsync(address, null, Token));
                if (round > 0)
                {
                    times[address].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }

                // The sender is done with this mail before the next one is asked for, which would wait for the database behind it.
                await host.Get<MailSender>().LookAsync(Token);
            }
        }

        var medians = addresses.Select(address => times[address].Order().ElementAt(Rounds / 2)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"medians in ms: {string.Join(", ", medians)}");
        Assert.True(medians.Max() < 2 * medians.Min(), $"medians in ms: {string.Join(", ", medians)}");
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Registering_sends_the_same_statements_to_the_database_but_for_the_event_and_the_number_whether_or_not_the_address_is_taken()
    {
        var counter = new CommandCounter();
        await using var host = await StartAsync(counter);
        var owner = await host.CreateUserAsync();
        List<IReadOnlyList<string>> commands = [];
        foreach (var (email, userName) in new[] { ("free@example.org", "free"), (owner.Email, "taken") })
        {
            counter.Forget();
            await host.Get<IRegistrationService>().RegisterAsync(
                new RegistrationRequest { Email = email, UserName = userName, Password = PortalHost.DefaultPassword }, Token);
            commands.Add([.. counter.Commands.Where(command => !command.Contains("AuditEvents", StringComparison.Ordinal) && !command.Contains("sqlite_sequence", StringComparison.Ordinal))]);
        }

        Assert.Equal(commands[0], commands[1]);
        Assert.Contains(commands[1], command => command.Contains("INSERT INTO \"Users\"", StringComparison.Ordinal));
        Assert.Equal([owner.Email, "free@example.org"], await host.QueryAsync(context => context.Users.OrderBy(user => user.Id).Select(user => user.Email).ToListAsync(Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Registering_spends_a_users_number_whether_or_not_the_address_is_taken()
    {
        await using var host = await StartAsync(counter: null);
        var owner = await host.CreateUserAsync();
        foreach (var email in new[] { "first@example.org", owner.Email, "second@example.org" })
        {
            await host.Get<IRegistrationService>().RegisterAsync(new RegistrationRequest { Email = email, Password = PortalHost.DefaultPassword }, Token);
        }

        Assert.Equal([owner.Id, owner.Id + 1, owner.Id + 3], await host.QueryAsync(context => context.Users.Select(user => user.Id).Order().ToListAsync(Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Registering_takes_the_same_time_whether_or_not_the_address_is_taken()
    {
        const int Rounds = 15;
        await using var host = await PortalHost.StartAsync(options =>
        {
            // So that the hash is what the time is made of.
            options.Settings["Passwords:Iterations"] = "100000";
            options.Settings["RateLimits:Registration"] = "1000 per hour";
            options.ConfigureServices = services => services.RemoveHosted(typeof(MailSender));
        });
        var owner = await host.CreateUserAsync();
        var registration = host.Get<IRegistrationService>();
        List<double> free = [], taken = [];
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (email, times) in new[] { ($"free{round}@example.org", free), (owner.Email, taken) })
            {
                var started = Stopwatch.GetTimestamp();
                await registration.RegisterAsync(new RegistrationRequest { Email = email, Password = PortalHost.DefaultPassword }, Token);
                if (round > 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        var (whenFree, whenTaken) = (free.Order().ElementAt(Rounds / 2), taken.Order().ElementAt(Rounds / 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"medians in ms: free {whenFree}, taken {whenTaken}");
        Assert.True(Math.Max(whenFree, whenTaken) < 2 * Math.Min(whenFree, whenTaken), $"medians in ms: free {whenFree}, taken {whenTaken}");
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(PortalHost host) =>
        [(await host.CreateUserAsync(isConfirmed: false)).Email, (await host.CreateUserAsync()).Email, "nobody@example.org"];

    private static Task<PortalHost> StartAsync(CommandCounter? counter) => PortalHost.StartAsync(options =>
    {
        options.Settings["RateLimits:Confirmation"] = options.Settings["RateLimits:Recovery"] = "1000 per hour";
        // What it does meanwhile would be counted, or get in the way.
        options.ConfigureServices = services => services.RemoveHosted(typeof(MailSender));
        counter?.AddTo(options);
    });
}

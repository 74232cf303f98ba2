using System.Buffers.Binary;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

public sealed class HashingAtSignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task An_unknown_name_costs_the_time_of_a_known_one()
    {
        const int Rounds = 15;
        await using var host = await PortalHost.StartAsync(options =>
        {
            // So that the hash is what the time is made of.
            options.Settings["Passwords:Iterations"] = "100000";
            options.Settings["RateLimits:SignIn"] = "1000 failures per minute";
        });
        var known = await host.CreateUserAsync();
        var inactive = await host.CreateUserAsync(isActive: false);
        using var browser = host.CreateClient();
        string[] logins = [known.Email, inactive.Email, "nobody@example.org"];
        var form = await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token);
        var times = logins.ToDictionary(login => login, _ => new List<double>());

        // In turns, so that whatever else the machine does falls on all alike; the first round only warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var login in logins)
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await browser.PostAsync("/login", form.With("Input.Login", login).With("Input.Password", "not the password at all").ToContent(), Token);
                if (round > 0)
                {
                    times[login].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        var medians = logins.Select(login => times[login].Order().ElementAt(Rounds / 2)).ToList();
        Assert.True(medians.Max() < 2 * medians.Min(), $"medians in ms: {string.Join(", ", medians)}");
    }

    [Fact]
    public async Task A_hash_made_with_fewer_rounds_is_made_anew_at_the_next_sign_in_and_not_at_a_failure()
    {
        using var folder = new TemporaryFolder();
        TestUser user;
        await using (var before = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path))
        {
            user = await before.CreateUserAsync();
            Assert.Equal(1000u, await RoundsAsync(before, user));
        }

        await using var host = await PortalHost.StartAsync(options =>
        {
            options.DataDirectory = folder.Path;
            options.Settings["Passwords:Iterations"] = "2000";
        });

        await PortalHost.SignInAsync(host.CreateClient(), user, password: "not the password at all", cancellationToken: Token);
        Assert.Equal(1000u, await RoundsAsync(host, user));

        foreach (var _ in new[] { "with the old hash", "with the new one" })
        {
            using var browser = host.CreateClient();
            await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
            Assert.True(await browser.IsSignedInAsync());
            Assert.Equal(2000u, await RoundsAsync(host, user));
        }
    }

    private static async Task<uint> RoundsAsync(PortalHost host, TestUser user)
    {
        var hash = await host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).Select(row => row.PasswordHash).SingleAsync(Token));
        return BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash!).AsSpan(5));
    }
}

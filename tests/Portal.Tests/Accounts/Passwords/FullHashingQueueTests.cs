using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Passwords;
using Portal.Testing;
using Portal.Tests.Accounts.Registration;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Passwords;

/// <summary>More people come with a password than are served: each door sends them away with the time to come back, and holds nothing against them.</summary>
public sealed class FullHashingQueueTests : IAsyncLifetime
{
    private readonly ManualResetEventSlim _gate = new();

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options =>
    {
        options.Settings["Passwords:HashingThreads"] = "1";
        options.Settings["Passwords:MaximumQueueLength"] = "1";
    });

    public async ValueTask DisposeAsync()
    {
        _gate.Set();
        await _host.DisposeAsync();
        _gate.Dispose();
    }

    [Fact]
    public async Task Whoever_comes_with_a_password_is_told_when_to_come_back_and_may_then()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        using var program = _host.CreateClient();
        await ApiHost.SendTokenAsync(program);
        var others = await OccupyAsync();

        using var signIn = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        using var registration = await browser.RegisterAsync("patient@example.org");
        using var programSignsIn = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password }, Token);
        using var programRegisters = await program.PostAsJsonAsync("/api/register", new { email = "patient@example.org", password = PortalHost.DefaultPassword }, Token);

        await AssertTurnedAwayAsync(signIn, "Too many people are signing in right now.");
        await AssertTurnedAwayAsync(registration, "Too many registrations right now.");
        await AssertTurnedAwayAsync(programSignsIn, "Too many people are signing in right now.");
        await AssertTurnedAwayAsync(programRegisters, "Too many");
        _gate.Set();
        await others;
        Assert.Equal(0, await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).Select(row => row.AccessFailedCount).SingleAsync(Token)));
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
        using var again = await _host.CreateClient().RegisterAsync("patient@example.org");
        Assert.Equal("/register/check-your-mail", again.LeadsTo());
    }

    [Fact]
    public async Task The_first_administrators_link_stays_good()
    {
        var setup = _host.Get<ISetupService>();
        var link = new Uri((await setup.NewLinkAsync(Token))!).PathAndQuery;
        using var browser = _host.CreateClient();
        var others = await OccupyAsync();

        using var refused = await SetUpAsync();
        await AssertTurnedAwayAsync(refused, "Too many people are signing in right now.");
        _gate.Set();
        await others;
        using var made = await SetUpAsync();

        Assert.Contains("The administrator's account is ready.", (await made.PageAsync()).Alert());

        Task<HttpResponseMessage> SetUpAsync() => PortalHost.PostFormAsync(browser, link, "setup",
            [new("Input.Email", "first@example.org"), new("Input.Password", PortalHost.DefaultPassword), new("Input.ConfirmPassword", PortalHost.DefaultPassword)], Token);
    }

    private static async Task AssertTurnedAwayAsync(HttpResponseMessage answer, string what)
    {
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Contains(what, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)));
    }

    /// <summary>One is being served, one waits, and there is room for no more.</summary>
    /// <returns>What ends when both were served.</returns>
    private async Task<Task> OccupyAsync()
    {
        var queue = _host.Get<HashingQueue>();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = queue.EnqueueAsync(
            () =>
            {
                reached.SetResult();
                _gate.Wait(Token);
                return true;
            },
            Token);
        await reached.Task;
        return Task.WhenAll(running, queue.EnqueueAsync(() => true, Token));
    }
}

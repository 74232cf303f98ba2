using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionCircuitHandlerTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("another person")]
    [InlineData("another session of the same person")]
    [InlineData("nobody")]
    [Trait("ASVS", "8.2.4")]
    public async Task A_connection_that_returns_as_somebody_else_closes_the_tab_and_not_the_session(string who)
    {
        var user = await _host.CreateUserAsync();
        using var own = await _host.BeginSessionAsync(user);
        await using var tab = await Tab.OpenAsync(_host, own);
        ClaimsPrincipal stranger = who switch
        {
            "another person" => await _host.PersonAsync(await _host.BeginSessionAsync(await _host.CreateUserAsync())),
            "nobody" => new(),
            _ => await _host.PersonAsync(await _host.BeginSessionAsync(user)),
        };

        await tab.LoseAsync();
        await tab.ReturnAsync(stranger);

        Assert.Equal([null], tab.Told);
        Assert.True(tab.Circuit.IsOver);
        Assert.Null(tab.Circuit.EndReason);
        Assert.Equal(0, _host.Get<LiveCircuits>().TabsOf(await _host.IdAsync(own)));
        Assert.False(await tab.HandlesEventsAsync());
        Assert.Null((await tab.LastPersonAsync()).SessionId());
        Assert.True(await own.IsSignedInAsync());
    }

    [Fact]
    public async Task A_tab_that_somebody_else_reached_stays_closed_to_its_own_person_too()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var other = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await using var tab = await Tab.OpenAsync(_host, own);
        await tab.LoseAsync();
        await tab.ReturnAsync(await _host.PersonAsync(other));
        await tab.LastPersonAsync();

        await tab.LoseAsync();
        await tab.ReturnAsync(await _host.PersonAsync(own));

        Assert.Equal([null, null], tab.Told);
        Assert.False(await tab.HandlesEventsAsync());
        Assert.Equal(0, _host.Get<LiveCircuits>().TabsOf(await _host.IdAsync(own)));
    }

    [Fact]
    public async Task A_connection_that_returns_as_it_was_goes_on()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await using var tab = await Tab.OpenAsync(_host, own);

        await tab.LoseAsync();
        await tab.ReturnAsync(await _host.PersonAsync(own));

        Assert.Empty(tab.Told);
        Assert.True(await tab.HandlesEventsAsync());
        Assert.Equal(1, _host.Get<LiveCircuits>().TabsOf(await _host.IdAsync(own)));
    }

    [Fact]
    public async Task A_session_that_ended_meanwhile_gives_its_own_reason()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await using var tab = await Tab.OpenAsync(_host, own);
        await tab.LoseAsync();
        await _host.EndSessionAsync(await _host.IdAsync(own), Token);

        await tab.ReturnAsync(new ClaimsPrincipal());

        Assert.All(tab.Told, reason => Assert.Equal(SessionEndReason.Administrator, reason));
        Assert.NotEmpty(tab.Told);
    }

    /// <summary>A tab as the framework drives its circuit's handler, without a browser.</summary>
    private sealed class Tab : IAsyncDisposable
    {
        private readonly AsyncServiceScope scope;
        private readonly SessionCircuitHandler handler;
        private readonly AuthenticationStateProvider authentication;
        private readonly TaskCompletionSource<ClaimsPrincipal> anonymous = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private Tab(AsyncServiceScope scope)
        {
            this.scope = scope;
            handler = scope.ServiceProvider.GetServices<CircuitHandler>().OfType<SessionCircuitHandler>().Single();
            authentication = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
            Circuit = scope.ServiceProvider.GetRequiredService<CircuitSession>();
        }

        public CircuitSession Circuit { get; }

        public List<SessionEndReason?> Told { get; } = [];

        public static async Task<Tab> OpenAsync(PortalHost host, HttpClient browser)
        {
            var tab = new Tab(host.Services.CreateAsyncScope());
            tab.Set(await host.PersonAsync(browser));
            await tab.handler.OpenAsync($"circuit of {await host.IdAsync(browser)}");
            await tab.handler.OnConnectionUpAsync(null!, Token);
            tab.Circuit.OnOver(tab.Told.Add);
            tab.authentication.AuthenticationStateChanged += async state =>
            {
                if ((await state).User is { Identity: not { IsAuthenticated: true } } person)
                {
                    tab.anonymous.TrySetResult(person);
                }
            };
            return tab;
        }

        public Task LoseAsync() => handler.OnConnectionDownAsync(null!, Token);

        /// <summary>In the framework's order: up first, whoever connected second.</summary>
        public async Task ReturnAsync(ClaimsPrincipal person)
        {
            await handler.OnConnectionUpAsync(null!, Token);
            Set(person);
        }

        public async Task<bool> HandlesEventsAsync()
        {
            var handled = false;
            await Circuit.DispatchAsync(() =>
            {
                handled = true;
                return Task.CompletedTask;
            });
            return handled;
        }

        /// <summary>Who the circuit's components are given, once they were given nobody.</summary>
        public async Task<ClaimsPrincipal> LastPersonAsync()
        {
            await anonymous.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            return (await authentication.GetAuthenticationStateAsync()).User;
        }

        public async ValueTask DisposeAsync()
        {
            await handler.OnCircuitClosedAsync(null!, Token);
            await scope.DisposeAsync();
        }

        private void Set(ClaimsPrincipal person) =>
            ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>A tab as the framework drives its circuit's handler, without a browser.</summary>
internal sealed class TrialTab : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly SessionCircuitHandler handler;
    private readonly AuthenticationStateProvider authentication;
    private readonly TaskCompletionSource anonymous = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TrialTab(AsyncServiceScope scope)
    {
        this.scope = scope;
        handler = scope.ServiceProvider.GetServices<CircuitHandler>().OfType<SessionCircuitHandler>().Single();
        authentication = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        Circuit = scope.ServiceProvider.GetRequiredService<CircuitSession>();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public CircuitSession Circuit { get; }

    public List<SessionEndReason?> Told { get; } = [];

    /// <summary>How often the circuit's components were given a person.</summary>
    public int TimesGiven { get; private set; }

    public static async Task<TrialTab> OpenAsync(PortalHost host, HttpClient browser)
    {
        var tab = new TrialTab(host.Services.CreateAsyncScope());
        tab.Set(await host.PersonAsync(browser));
        await tab.handler.OpenAsync($"circuit of {await host.IdAsync(browser)}");
        await tab.handler.OnConnectionUpAsync(null!, Token);
        tab.Circuit.OnOver(tab.Told.Add);
        tab.Circuit.OnOver(_ => tab.over.TrySetResult());
        tab.authentication.AuthenticationStateChanged += async state =>
        {
            tab.TimesGiven++;
            if ((await state).User.Identity?.IsAuthenticated != true)
            {
                tab.anonymous.TrySetResult();
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

    /// <summary>Sends an event as the browser does. Whether it reached a component.</summary>
    public async Task<bool> HearsAsync()
    {
        var heard = false;
        // The framework makes the event, and the handler hands it on unseen.
        await handler.CreateInboundActivityHandler(_ =>
        {
            heard = true;
            return Task.CompletedTask;
        })(null!);
        return heard;
    }

    /// <summary>Waits until the tab is told to leave.</summary>
    public Task IsOverAsync() => over.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

    /// <summary>Waits until the circuit's components are given nobody.</summary>
    public Task IsNobodysAsync() => anonymous.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

    /// <summary>Who the circuit's components are given.</summary>
    public async Task<ClaimsPrincipal> PersonAsync() => (await authentication.GetAuthenticationStateAsync()).User;

    public async ValueTask DisposeAsync()
    {
        await handler.OnCircuitClosedAsync(null!, Token);
        await scope.DisposeAsync();
    }

    private void Set(ClaimsPrincipal person) =>
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
}

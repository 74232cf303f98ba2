using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class IdleWarningTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly BunitContext context = new();
    private readonly FakeTimeProvider clock = new();
    private readonly CircuitSession circuit = new();
    private readonly SessionLife life = new("session", 1);

    public ValueTask InitializeAsync()
    {
        context.Services.AddSingleton<ICircuitSession>(circuit);
        context.Services.AddSingleton<TimeProvider>(clock);
        context.SetRendererInfo(new RendererInfo("Server", true));
        circuit.Open("circuit", life, clock.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Theory]
    [InlineData(60, 58 * 60)]
    [InlineData(5, 4 * 60)]
    [InlineData(60 * 24 * 100, ((60 * 24 * 100) - 2) * 60)]
    public void It_comes_two_minutes_before_the_idle_limit_or_a_fifth_of_a_short_one(int limitMinutes, int afterSeconds)
    {
        var warning = Open(limitMinutes);

        Pass(TimeSpan.FromSeconds(afterSeconds) - Second);
        Assert.Empty(warning.Markup);
        Pass(Second);

        warning.WaitForAssertion(() => Assert.Contains("You will be signed out", warning.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.StartsWith((clock.Start + TimeSpan.FromMinutes(limitMinutes)).ToString("yyyy-MM-dd'T'HH:mm:ss", null), warning.Find("time").GetAttribute("datetime"), StringComparison.Ordinal);
    }

    [Fact]
    public void Staying_takes_it_away_and_gives_the_whole_limit_again()
    {
        var warning = Open(60);
        Pass(TimeSpan.FromMinutes(59));
        warning.WaitForElement("button").Click();

        Assert.Empty(warning.Markup);
        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(60), life.ExpiresAt);
        Pass(TimeSpan.FromMinutes(58));
        warning.WaitForElement("[role=alert]");
    }

    [Fact]
    public void A_sign_of_somebody_in_another_tab_puts_it_off_and_takes_it_away()
    {
        var warning = Open(60);
        Pass(TimeSpan.FromMinutes(30));
        life.See(clock.GetUtcNow());
        Pass(TimeSpan.FromMinutes(29));
        Assert.Empty(warning.Markup);
        Pass(TimeSpan.FromMinutes(29));
        warning.WaitForElement("[role=alert]");

        life.See(clock.GetUtcNow());
        Pass(Second);

        warning.WaitForAssertion(() => Assert.Empty(warning.Markup));
    }

    [Fact]
    public void It_does_not_come_where_the_sessions_age_ends_it_first()
    {
        life.Read(TimeSpan.FromMinutes(60), clock.GetUtcNow() + TimeSpan.FromMinutes(60), clock.GetUtcNow());
        var warning = context.Render<IdleWarning>();

        Pass(TimeSpan.FromMinutes(59));

        Assert.Empty(warning.Markup);
    }

    [Fact]
    public void Staying_comes_too_late_once_the_session_is_over()
    {
        Open(60);
        Pass(TimeSpan.FromMinutes(59));
        var expires = life.ExpiresAt;
        circuit.End(SessionEndReason.Idle);

        circuit.Seen(clock.GetUtcNow());

        Assert.Equal(expires, life.ExpiresAt);
    }

    private IRenderedComponent<IdleWarning> Open(int limitMinutes)
    {
        life.Read(TimeSpan.FromMinutes(limitMinutes), clock.GetUtcNow() + TimeSpan.FromDays(365), clock.GetUtcNow());
        return context.Render<IdleWarning>();
    }

    private void Pass(TimeSpan time) => clock.Advance(time);
}

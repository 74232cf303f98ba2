using System.Security.Claims;
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
        await using var tab = await TrialTab.OpenAsync(_host, own);
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
        await tab.IsNobodysAsync();
        Assert.Null((await tab.PersonAsync()).SessionId());
        Assert.True(await own.IsSignedInAsync());
    }

    [Fact]
    public async Task A_tab_that_somebody_else_reached_stays_closed_to_its_own_person_too()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var other = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await using var tab = await TrialTab.OpenAsync(_host, own);
        await tab.LoseAsync();
        await tab.ReturnAsync(await _host.PersonAsync(other));
        await tab.IsNobodysAsync();

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
        await using var tab = await TrialTab.OpenAsync(_host, own);

        await tab.LoseAsync();
        await tab.ReturnAsync(await _host.PersonAsync(own));

        Assert.Empty(tab.Told);
        Assert.True(await tab.HandlesEventsAsync());
        Assert.Equal(1, _host.Get<LiveCircuits>().TabsOf(await _host.IdAsync(own)));
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_tab_whose_session_is_over_closes_and_handles_nothing_although_the_database_cannot_be_told()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var id = await _host.IdAsync(own);
        await using var tab = await TrialTab.OpenAsync(_host, own);
        await _host.RefuseToEndAsync(id);
        _host.Clock.Advance(TimeSpan.FromHours(13));

        Assert.False(await tab.HearsAsync());

        Assert.Equal([SessionEndReason.Idle], tab.Told);
        Assert.Null((await _host.RowAsync(id)).EndedAt);
        await _host.AllowToEndAsync(id);
    }

    [Fact]
    public async Task A_session_that_ended_meanwhile_gives_its_own_reason()
    {
        using var own = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await using var tab = await TrialTab.OpenAsync(_host, own);
        await tab.LoseAsync();
        await _host.EndSessionAsync(await _host.IdAsync(own), Token);

        await tab.ReturnAsync(new ClaimsPrincipal());

        Assert.All(tab.Told, reason => Assert.Equal(SessionEndReason.Administrator, reason));
        Assert.NotEmpty(tab.Told);
    }
}

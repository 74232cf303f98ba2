using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Accounts.SignIn.External;

namespace Portal.Tests.Accounts.SignIn;

/// <summary>Who has as many sessions as they may have waits for a choice: by every way in, and with what was proved still holding.</summary>
public sealed class FullSignInTests(FullSignInTests.Fixture shared) : IClassFixture<FullSignInTests.Fixture>
{
    private const string Door = "/login/too-many-sessions";

    private static int addresses;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_passkey_one_is_chosen_too()
    {
        var user = await _host.CreateUserAsync();
        var (chosen, passkey, _) = await FullWithPasskeyAsync(user);
        using var newcomer = Browser();

        using var asked = await newcomer.SignInByPasskeyAsync(passkey);
        Assert.Equal(Door, asked.LeadsTo());
        using var done = await ChooseAsync(newcomer, chosen);

        Assert.Equal("/account", done.LeadsTo());
        Assert.Equal("hwk user mfa", (await _host.RowAsync(await _host.IdAsync(newcomer))).Method);
        Assert.False(await chosen.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.5.6")]
    public async Task A_passkey_that_was_removed_meanwhile_opens_nothing()
    {
        var user = await _host.CreateUserAsync();
        var (chosen, passkey, info) = await FullWithPasskeyAsync(user);
        using var newcomer = Browser();
        (await newcomer.SignInByPasskeyAsync(passkey)).Dispose();
        var form = await FormAsync(newcomer, chosen);

        Assert.IsType<PasskeyOutcome.Done>(await _host.Get<IPasskeyService>().RemoveAsync(await _host.PersonAsync(chosen), info.Id, endOthers: false, Token));
        using var late = await newcomer.PostAsync(Door, form.ToContent(), Token);

        Assert.StartsWith("/login?", late.LeadsTo(), StringComparison.Ordinal);
        Assert.False(await newcomer.IsSignedInAsync());
        Assert.True(await chosen.IsSignedInAsync());
    }

    [Fact]
    public async Task After_a_provider_one_is_chosen_too()
    {
        var (user, person) = await shared.External.LinkedAsync(host: _host);
        using var chosen = await _host.BeginSessionAsync(user);
        using var kept = await _host.BeginSessionAsync(user);
        using var newcomer = Browser();

        Assert.Equal(Door, await shared.External.SignInAsync(newcomer, person));
        using var done = await ChooseAsync(newcomer, chosen);

        Assert.Equal("/account", done.LeadsTo());
        Assert.Equal(ExternalHost.Scheme, (await _host.RowAsync(await _host.IdAsync(newcomer))).Provider);
        Assert.False(await chosen.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.4")]
    public async Task A_second_factor_that_was_added_meanwhile_is_asked_for()
    {
        var user = await _host.CreateUserAsync();
        using var chosen = await _host.BeginSessionAsync(user);
        using var kept = await _host.BeginSessionAsync(user);
        using var newcomer = Browser();
        (await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token)).Dispose();
        var form = await FormAsync(newcomer, chosen);

        await _host.AddSecondFactorAsync(user);
        using var late = await newcomer.PostAsync(Door, form.ToContent(), Token);

        Assert.StartsWith("/login?", late.LeadsTo(), StringComparison.Ordinal);
        Assert.False(await newcomer.IsSignedInAsync());
        Assert.True(await chosen.IsSignedInAsync());
    }

    [Fact]
    public async Task Trust_this_browser_is_kept_through_the_choice()
    {
        var user = await _host.CreateUserAsync();
        var (app, _) = await _host.AddSecondFactorAsync(user);
        using var chosen = await _host.BeginSessionAsync(user);
        using var kept = await _host.BeginSessionAsync(user);
        using var newcomer = Browser();
        (await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token)).Dispose();
        (await PortalHost.GiveCodeAsync(newcomer, app.CodeAt(_host.Clock.GetUtcNow()), trust: true, Token)).Dispose();
        (await ChooseAsync(newcomer, chosen)).Dispose();
        Assert.Equal(await _host.IdAsync(newcomer), await TrustedAsync(user));

        (await PortalHost.PostFormAsync(newcomer, "/account/sessions", "/logout", [], Token)).Dispose();
        using var again = await PortalHost.SignInAsync(newcomer, user, cancellationToken: Token);

        Assert.Equal("/account", again.LeadsTo());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trusted_browsers_trust_is_used_with_the_choice_or_is_gone(bool isGone)
    {
        var user = await _host.CreateUserAsync();
        var (app, _) = await _host.AddSecondFactorAsync(user);
        using var own = Browser();
        (await PortalHost.SignInAsync(own, user, cancellationToken: Token)).Dispose();
        (await PortalHost.GiveCodeAsync(own, app.CodeAt(_host.Clock.GetUtcNow()), trust: true, Token)).Dispose();
        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();
        using var chosen = await _host.BeginSessionAsync(user);
        using var kept = await _host.BeginSessionAsync(user);
        using var asked = await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        Assert.Equal(Door, asked.LeadsTo());
        var form = await FormAsync(own, chosen);
        if (isGone)
        {
            await _host.QueryAsync(context => context.TrustedBrowsers.Where(row => row.UserId == user.Id).ExecuteDeleteAsync(Token));
        }

        using var done = await own.PostAsync(Door, form.ToContent(), Token);

        Assert.Equal(!isGone, await own.IsSignedInAsync());
        Assert.Equal(isGone ? null : await _host.IdAsync(own), await TrustedAsync(user));
    }

    private HttpClient Browser() => _host.CreateClient($"198.18.1.{Interlocked.Increment(ref addresses)}");

    /// <summary>Two sessions, of which the first added a passkey.</summary>
    private async Task<(HttpClient Chosen, SoftPasskey Passkey, PasskeyInfo Info)> FullWithPasskeyAsync(TestUser user)
    {
        var chosen = await _host.BeginSessionAsync(user);
        var passkey = _host.NewPasskey();
        var info = await _host.HasPasskeyAsync(await _host.PersonAsync(chosen), passkey);
        (await _host.BeginSessionAsync(user)).Dispose();
        return (chosen, passkey, info);
    }

    private async Task<StaticForm> FormAsync(HttpClient newcomer, HttpClient chosen) =>
        (await PortalHost.OpenFormAsync(newcomer, Door, "too-many-sessions", Token)).With("Input.Session", await _host.IdAsync(chosen));

    private async Task<HttpResponseMessage> ChooseAsync(HttpClient newcomer, HttpClient chosen) =>
        await newcomer.PostAsync(Door, (await FormAsync(newcomer, chosen)).ToContent(), Token);

    /// <summary>The session that the one trusted browser of a person is tied to; null for no browser.</summary>
    private Task<string?> TrustedAsync(TestUser user) => _host.QueryAsync(context => context.TrustedBrowsers
        .Where(row => row.UserId == user.Id).Select(row => (string?)row.SessionId).SingleOrDefaultAsync(Token));

    /// <summary>A portal with a provider in which nobody has more than two sessions and none ends by itself.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ExternalHost External { get; } = new();

        public PortalHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await External.InitializeAsync();
            Host = await External.StartPortalAsync(options =>
            {
                options.Settings["Sessions:MaximumPerUser"] = "2";
                options.Settings["Sessions:WhenFull"] = nameof(WhenFull.Refuse);
            });
        }

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await External.DisposeAsync();
        }
    }
}

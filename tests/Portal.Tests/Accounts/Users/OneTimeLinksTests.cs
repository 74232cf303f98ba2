using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Users;
using Portal.Testing;

namespace Portal.Tests.Accounts.Users;

public sealed class OneTimeLinksTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private PortalHost _host = null!;
    private TestUser _user = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private OneTimeLinks Links => _host.Get<OneTimeLinks>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _user = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "11.5.1")]
    [Trait("ASVS", "6.4.1")]
    [Trait("ASVS", "6.6.3")]
    public async Task A_secret_has_256_bits_and_only_its_hash_is_kept()
    {
        var secret = await AddAsync();

        var row = await _host.QueryAsync(context => context.OneTimeTokens.SingleAsync(Token));
        Assert.Equal(43, secret.Length);
        Assert.Equal(32, row.TokenHash.Length);
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(row.TokenHash));
        Assert.NotEqual(secret, await AddAsync());
    }

    [Fact]
    [Trait("ASVS", "6.6.2")]
    public async Task A_link_is_used_once_for_its_purpose_its_user_and_what_it_is_bound_to()
    {
        var secret = await AddAsync();

        Assert.False(await UseAsync(secret, userId: _user.Id + 1));
        Assert.False(await UseAsync(secret, userId: null));
        Assert.False(await UseAsync(secret, boundTo: "ANOTHER"));
        Assert.False(await UseAsync(secret, boundTo: null));
        Assert.False(await UseAsync(secret, OneTimeTokenPurpose.Setup));
        Assert.False(await UseAsync(secret.ToUpperInvariant()));
        Assert.Equal(OneTimeLinkStatus.Usable, await StatusAsync(secret));

        Assert.True(await UseAsync(secret));
        Assert.False(await UseAsync(secret));
        Assert.Equal(OneTimeLinkStatus.Used, await StatusAsync(secret));
    }

    [Fact]
    public async Task A_link_expires_on_the_moment_and_is_forgotten_a_week_later()
    {
        var secret = await AddAsync();
        _host.Clock.Advance(Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(OneTimeLinkStatus.Usable, await StatusAsync(secret));
        _host.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(OneTimeLinkStatus.Expired, await StatusAsync(secret));
        Assert.False(await UseAsync(secret));

        _host.Clock.Advance(TimeSpan.FromDays(7));
        await CleanAsync();
        Assert.Equal(OneTimeLinkStatus.Expired, await StatusAsync(secret));
        _host.Clock.Advance(TimeSpan.FromTicks(1));
        await CleanAsync();
        Assert.Equal(OneTimeLinkStatus.Invalid, await StatusAsync(secret));
    }

    [Fact]
    public async Task A_newer_link_replaces_the_older_ones_of_its_user_and_purpose_alone()
    {
        var other = await _host.CreateUserAsync();
        var others = await AddAsync(other.Id);
        var older = await AddAsync();
        var newer = await AddAsync();

        Assert.Equal(
            (OneTimeLinkStatus.Used, OneTimeLinkStatus.Usable, OneTimeLinkStatus.Usable),
            (await StatusAsync(older), await StatusAsync(newer), await StatusAsync(others, other.Id)));
    }

    [Fact]
    public async Task Links_that_end_one_session_each_replace_only_those_about_the_same_session()
    {
        var older = await AddAsync("A");
        var other = await AddAsync("B");
        var newer = await AddAsync("A");

        Assert.Equal(
            [(OneTimeLinkStatus.Used, "A"), (OneTimeLinkStatus.Usable, "B"), (OneTimeLinkStatus.Usable, "A")],
            [await FindAsync(older), await FindAsync(other), await FindAsync(newer)]);

        Task<string> AddAsync(string session) => _host.QueryAsync(async context =>
        {
            var (secret, _) = await Links.AddAsync(context, OneTimeTokenPurpose.NotMe, _user.Id, session, Lifetime, Token);
            await context.SaveChangesAsync(Token);
            return secret;
        });

        Task<(OneTimeLinkStatus, string?)> FindAsync(string secret) =>
            _host.QueryAsync(context => Links.FindAsync(context, OneTimeTokenPurpose.NotMe, _user.Id, secret, Token));
    }

    [Fact]
    public async Task Of_many_uses_at_once_one_succeeds()
    {
        var secret = await AddAsync();

        var used = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => UseAsync(secret), Token)));

        Assert.Single(used, success => success);
    }

    private Task<string> AddAsync(long? userId = null) => _host.QueryAsync(async context =>
    {
        var (secret, expiresAt) = await Links.AddAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId ?? _user.Id, "BOUND", Lifetime, Token);
        Assert.Equal(_host.Clock.GetUtcNow() + Lifetime, expiresAt);
        await context.SaveChangesAsync(Token);
        return secret;
    });

    private Task<OneTimeLinkStatus> StatusAsync(string secret, long? userId = null) =>
        _host.QueryAsync(context => Links.StatusOfAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId ?? _user.Id, secret, Token));

    private Task<bool> UseAsync(string secret) => UseAsync(secret, OneTimeTokenPurpose.ConfirmEmail);

    private Task<bool> UseAsync(string secret, long? userId) => UseAsync(secret, OneTimeTokenPurpose.ConfirmEmail, userId, "BOUND");

    private Task<bool> UseAsync(string secret, string? boundTo) => UseAsync(secret, OneTimeTokenPurpose.ConfirmEmail, _user.Id, boundTo);

    private Task<bool> UseAsync(string secret, OneTimeTokenPurpose purpose) => UseAsync(secret, purpose, _user.Id, "BOUND");

    private Task<bool> UseAsync(string secret, OneTimeTokenPurpose purpose, long? userId, string? boundTo) =>
        _host.QueryAsync(context => Links.UseAsync(context, purpose, userId, boundTo, secret, Token));

    private Task<bool> CleanAsync() => _host.QueryAsync(async context =>
    {
        await Links.CleanAsync(context, Token);
        return true;
    });
}

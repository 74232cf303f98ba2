using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Profiles;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Accounts.SignIn;

public sealed class RefusedPasskeyTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static int addresses;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("origin")]
    [InlineData("verification")]
    [InlineData("handle")]
    [InlineData("signature")]
    public async Task What_does_not_hold_is_refused_and_logged(string broken)
    {
        var (user, passkey, info) = await OwnerAsync();
        using var browser = Browser();
        (passkey.Origin, passkey.IsVerifying, passkey.UserHandle) = broken switch
        {
            "origin" => ("https://portal.example.net", true, passkey.UserHandle),
            "verification" => (passkey.Origin, false, passkey.UserHandle),
            "handle" => (passkey.Origin, true, "MQ"),
            _ => (passkey.Origin, true, passkey.UserHandle),
        };
        passkey.IsForging = broken == "signature";

        using var answer = await browser.SignInByPasskeyAsync(passkey);

        Assert.Contains("could not be confirmed", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal("rejected", await LastFailureAsync(user.Id));
        Assert.Null((await RowAsync(info.Id)).LastUsedAt);
    }

    [Fact]
    public async Task Refused_ones_do_not_shut_the_password_out()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:SignIn"] = "1 per 15 minutes");
        var (user, passkey, _) = await host.NewOwnerAsync(counts: false);
        using var browser = host.CreateClient("203.0.113.200");
        passkey.IsForging = true;
        for (var i = 0; i < 10; i++)
        {
            using var forged = await browser.SignInByPasskeyAsync(passkey);
        }

        using (var shut = await browser.SignInByPasskeyAsync(passkey))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, shut.StatusCode);
        }

        using var byPassword = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Found, byPassword.StatusCode);
    }

    [Fact]
    public async Task One_that_looks_like_a_copy_is_refused()
    {
        var (user, passkey, _) = await OwnerAsync();
        using var browser = Browser();
        using var right = await browser.SignInByPasskeyAsync(passkey);
        passkey.Counter = 0;

        using var other = Browser();
        using var answer = await other.SignInByPasskeyAsync(passkey);

        Assert.Contains("looks like a copy", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await other.IsSignedInAsync());
        Assert.Equal("copied", await LastFailureAsync(user.Id));
    }

    [Fact]
    [Trait("ASVS", "6.7.1")]
    public async Task A_row_that_another_hand_wrote_opens_nothing()
    {
        var (user, passkey, info) = await OwnerAsync();
        var (_, other, theirs) = await OwnerAsync();
        // Whoever may write into the database gives a key of theirs to somebody else.
        await _host.QueryAsync(async context =>
        {
            var (mine, foreign) = (await context.UserPasskeys.SingleAsync(row => row.Id == info.Id, Token), await context.UserPasskeys.AsNoTracking().SingleAsync(row => row.Id == theirs.Id, Token));
            (mine.Data.PublicKey, mine.Seal) = (foreign.Data.PublicKey, foreign.Seal);
            return await context.SaveChangesAsync(Token);
        });
        using var browser = Browser();

        using var answer = await browser.SignInByPasskeyAsync(passkey);

        Assert.Contains("is not in order", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal("altered", await LastFailureAsync(user.Id));
        using var still = Browser();
        using var fine = await still.SignInByPasskeyAsync(other);
        Assert.Equal(HttpStatusCode.Found, fine.StatusCode);
    }

    [Fact]
    public async Task One_that_was_removed_signs_in_no_more_and_its_keeper_may_forget_it()
    {
        var (_, passkey, info) = await OwnerAsync();
        await _host.QueryAsync(context => context.UserPasskeys.Where(row => row.Id == info.Id).ExecuteDeleteAsync(Token));
        using var browser = Browser();

        using var answer = await browser.SignInByPasskeyAsync(passkey);

        var page = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("does not belong to an account here", page, StringComparison.Ordinal);
        Assert.Contains($"data-unknown=\"{System.Buffers.Text.Base64Url.EncodeToString(passkey.CredentialId)}\"", page, StringComparison.Ordinal);
        // Offered again at once, it would come again at once.
        Assert.Contains("data-offer=\"false\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, true, "deactivated")]
    [InlineData(true, false, "not confirmed")]
    public async Task What_is_said_of_an_account_is_said_after_a_right_answer(bool isActive, bool isConfirmed, string words)
    {
        var (user, passkey, _) = await OwnerAsync();
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(
            row => row.SetProperty(found => found.IsActive, isActive).SetProperty(found => found.ConfirmedAt, found => isConfirmed ? found.ConfirmedAt : null), Token));
        using var browser = Browser();

        using var right = await browser.SignInByPasskeyAsync(passkey);
        Assert.Contains(words, await right.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        passkey.Origin = "https://portal.example.net";
        using var wrong = await browser.SignInByPasskeyAsync(passkey);
        Assert.DoesNotContain(words, await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task Failures_count_for_the_address_and_shut_nobody_out_who_has_the_key()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:SignIn"] = "1 failures per 15 minutes");
        var (_, passkey, _) = await host.NewOwnerAsync();
        using var stranger = host.CreateClient("198.51.100.9");
        var honest = passkey.Origin;
        passkey.Origin = "https://portal.example.net";
        for (var i = 0; i < 10; i++)
        {
            using var failed = await stranger.SignInByPasskeyAsync(passkey);
            Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        }

        using var refused = await stranger.SignInByPasskeyAsync(passkey);
        passkey.Origin = honest;
        // Behind the same address as the nonsense.
        using var own = host.CreateClient("198.51.100.9");
        using var right = await own.SignInByPasskeyAsync(passkey);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Found), (refused.StatusCode, right.StatusCode));
    }

    private Task<(TestUser User, SoftPasskey Passkey, PasskeyInfo Info)> OwnerAsync() => _host.NewOwnerAsync();

    /// <summary>From an address of its own: what one test does wrong is not another's.</summary>
    private HttpClient Browser() => _host.CreateClient(FormattableString.Invariant($"198.18.8.{Interlocked.Increment(ref addresses)}"));

    private Task<Portal.Accounts.Data.UserPasskey> RowAsync(string id) => _host.QueryAsync(context => context.UserPasskeys.AsNoTracking().SingleAsync(row => row.Id == id, Token));

    private async Task<string?> LastFailureAsync(long userId)
    {
        var details = await _host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == userId && row.Kind == "sign-in-failed")
            .OrderByDescending(row => row.Id).Select(row => row.Details).FirstAsync(Token));
        using var document = JsonDocument.Parse(details!);
        return document.RootElement.GetProperty("reason").GetString();
    }
}

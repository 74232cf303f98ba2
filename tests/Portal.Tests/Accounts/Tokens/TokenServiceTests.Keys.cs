using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Sessions;
using Portal.Accounts.Tokens;
using Portal.Testing;

namespace Portal.Tests.Accounts.Tokens;

/// <summary>A token goes with the key of the session that it was bought by.</summary>
[Trait("ASVS", "7.2.4")]
public sealed partial class TokenServiceTests
{
    [Fact]
    public async Task Who_came_by_a_former_key_buys_nothing_that_opens_after_it()
    {
        var before = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;
        await RenewAsync();

        var late = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;

        Assert.IsType<TokenOutcome.Ended>(await Tokens.ReadAsync(before.AccessToken, Token));
        Assert.IsType<TokenOutcome.Ended>(await Tokens.ReadAsync(late.AccessToken, Token));
    }

    [Fact]
    public async Task A_node_that_still_knows_the_former_key_takes_a_token_of_the_new_one()
    {
        await using var other = await PortalHost.StartAsync(options =>
        {
            (options.DataDirectory, options.Clock) = (_host.DataDirectory, _host.Clock);
            options.Settings["Jwt:Key"] = Key;
        });
        var there = other.Services.GetRequiredService<ITokenService>();
        var before = (await Tokens.IssueAsync(_person, cancellationToken: Token))!;
        Assert.IsType<TokenOutcome.Accepted>(await there.ReadAsync(before.AccessToken, Token));
        await RenewAsync();
        var (person, _) = await _host.Services.GetRequiredService<SessionStore>().FindPersonAsync(_person.SessionId()!, Token);

        var after = (await Tokens.IssueAsync(person!, cancellationToken: Token))!;

        Assert.IsType<TokenOutcome.Accepted>(await there.ReadAsync(after.AccessToken, Token));
        Assert.IsType<TokenOutcome.Ended>(await there.ReadAsync(before.AccessToken, Token));
    }

    private Task<string> RenewAsync() =>
        _host.Services.GetRequiredService<SessionKeys>().RenewAsync(new AuthenticationTicket(_person, new AuthenticationProperties(), "renewal"), _user.Id, Token);
}

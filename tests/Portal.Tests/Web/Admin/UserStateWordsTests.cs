using Portal.Accounts.Administration;
using Portal.Admin;

namespace Portal.Tests.Web.Admin;

public sealed class UserStateWordsTests
{
    [Theory]
    [InlineData(true, "Blocked: may not sign in. Their email domain is blocked, too.")]
    [InlineData(false, "Blocked: may not sign in.")]
    public void Of_who_is_blocked_it_is_said_that_their_domain_is_too(bool isDomainBlocked, string words) => Assert.Equal(words, UserStateWords.Of(Blocked(isDomainBlocked)));

    [Theory]
    [InlineData(true, "They may sign in again. Their email domain stays blocked.")]
    [InlineData(false, "They may sign in again.")]
    public void Unblocking_says_what_stays_blocked(bool isDomainBlocked, string words) =>
        Assert.Equal(words, Assert.Single(ModerationAct.For(Blocked(isDomainBlocked)), act => act.Verb == "Unblock").Effect);

    private static UserDetails Blocked(bool isDomainBlocked) => new()
    {
        User = new UserInfo { Id = 1, Email = "person@example.org", IsActive = false, BlockedAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch, Roles = [] },
        Values = new Dictionary<string, string?>(),
        Fields = [],
        Version = "",
        HasPassword = true,
        Providers = [],
        Passkeys = [],
        IsDomainBlocked = isDomainBlocked,
    };
}

using Portal.Accounts.Administration;
using Portal.Admin;

namespace Portal.Tests.Web.Admin;

public sealed class UserStateWordsTests
{
    [Theory]
    [InlineData(true, "Blocked, as everybody of their email domain is: may not sign in.")]
    [InlineData(false, "Blocked: may not sign in.")]
    public void Who_is_blocked_with_their_domain_is_said_to_be(bool isDomainBlocked, string words) => Assert.Equal(words, UserStateWords.Of(new UserDetails
    {
        User = new UserInfo { Id = 1, Email = "person@example.org", IsActive = false, BlockedAt = DateTimeOffset.UnixEpoch, CreatedAt = DateTimeOffset.UnixEpoch, Roles = [] },
        Values = new Dictionary<string, string?>(),
        Fields = [],
        Version = "",
        HasPassword = true,
        Providers = [],
        Passkeys = [],
        IsDomainBlocked = isDomainBlocked,
    }));
}

using System.Security.Claims;
using Portal.Accounts.SignIn.External;

namespace Portal.Tests.Web.Profile;

/// <summary>Says how somebody can sign in and whether they proved lately who they are.</summary>
internal sealed class FakeIdentities : IIdentityService
{
    public IdentitiesInfo Info { get; set; } = new([], HasPassword: true, HasPasskey: false, OtherSessions: 0);

    public bool NeedsProof { get; set; } = true;

    public Task<IdentitiesInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => Task.FromResult<IdentitiesInfo?>(Info);

    public Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => Task.FromResult(NeedsProof);

    public Task<UnlinkOutcome> UnlinkAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

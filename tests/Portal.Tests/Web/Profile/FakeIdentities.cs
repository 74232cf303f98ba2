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

    /// <summary>What was unlinked, and whether the other sessions were to end with it.</summary>
    public List<(string Id, bool EndOthers)> Unlinked { get; } = [];

    public Task<UnlinkOutcome> UnlinkAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken)
    {
        Unlinked.Add((id, endOthers));
        Info = Info with { Linked = [.. Info.Linked.Where(identity => identity.Id != id)] };
        return Task.FromResult<UnlinkOutcome>(new UnlinkOutcome.Done(0));
    }
}

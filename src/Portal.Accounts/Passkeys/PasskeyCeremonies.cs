using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passkeys;

/// <summary>
/// The questions to a browser and the rules its answers are held against: the framework's, for this portal's own address
/// (WebAuthn level 3, section 7). Whoever answers must be verified by the device, so that a passkey alone is two factors.
/// </summary>
internal sealed class PasskeyCeremonies
{
    /// <summary>The longest answer looked at. Real ones have some kilobytes.</summary>
    public const int MaxAnswerLength = 16 * 1024;

    private const string Required = "required";

    /// <summary>Asks nobody about the request: the address people know is a setting, and no header of theirs.</summary>
    private static readonly HttpContext NoRequest = new DefaultHttpContext();

    private readonly IOptions<IdentityPasskeyOptions> options;
    private readonly string siteName;

    public PasskeyCeremonies(IOptions<PortalOptions> portal)
    {
        var url = portal.Value.PublicUrl;
        var origin = url.GetLeftPart(UriPartial.Authority);
        (RelyingParty, siteName) = (url.Host, portal.Value.SiteName);
        options = Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = url.Host,
            AuthenticatorTimeout = PasskeyTickets.Lifetime,
            ChallengeSize = 32,
            UserVerificationRequirement = Required,
            ResidentKeyRequirement = Required,
            AttestationConveyancePreference = "none",
            ValidateOrigin = asked => ValueTask.FromResult(
                !asked.CrossOrigin && asked.TopOrigin is null && string.Equals(asked.Origin, origin, StringComparison.OrdinalIgnoreCase)),
        });
    }

    /// <summary>What passkeys of this portal belong to: the host people reach it at.</summary>
    public string RelyingParty { get; }

    /// <summary>Asks for a new one. Those they have are named, so that no device makes a second.</summary>
    public async Task<(string Options, string State)> AskForNewAsync(PasskeyOwner owner)
    {
        var entity = new PasskeyUserEntity { Id = owner.Handle, Name = owner.Name, DisplayName = owner.DisplayName };
        var made = await owner.Handler(options).MakeCreationOptionsAsync(entity, NoRequest);
        var creation = JsonNode.Parse(made.CreationOptionsJson)!;
        // The framework repeats the host; people know the site by its name.
        creation["rp"]!["name"] = siteName;
        return (creation.ToJsonString(), made.AttestationState!);
    }

    /// <summary>Asks for any of somebody's, or, for null, of whoever it is.</summary>
    public async Task<(string Options, string State)> AskAsync(PasskeyOwner? owner)
    {
        var handler = (owner ?? new PasskeyOwner(0, "", "", "", [])).Handler(options);
        var made = await handler.MakeRequestOptionsAsync(owner, NoRequest);
        return (made.RequestOptionsJson, made.AssertionState!);
    }

    /// <summary>What the framework learnt of a new one; null, with the reason for the log, when it does not hold.</summary>
    public async Task<(UserPasskeyInfo? Passkey, string? Fault)> LookAtNewAsync(PasskeyOwner owner, string state, string answer)
    {
        var result = await owner.Handler(options).PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = NoRequest, CredentialJson = answer, AttestationState = state });
        return (result.Passkey, result.Failure?.Message);
    }

    /// <summary>The same of one that is known.</summary>
    public async Task<(UserPasskeyInfo? Passkey, string? Fault)> LookAtAsync(PasskeyOwner owner, string state, string answer)
    {
        var result = await owner.Handler(options).PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = NoRequest, CredentialJson = answer, AssertionState = state });
        return (result.Passkey, result.Failure?.Message);
    }
}

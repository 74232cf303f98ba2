using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.SignIn.External;

/// <summary>What a provider proved of somebody, and what they went there for. Other people's text, but for provider and subject.</summary>
/// <remarks>
/// It is kept by the browser, so taking the cookie away ends no copy of it: the one departure it answers is kept as a one-time
/// token that nobody holds, until long after the proof has run out.
/// </remarks>
internal sealed record ExternalProof
{
    // In the properties that travel to the provider and back, protected, in the state.
    private const string PurposeItem = "Portal.Purpose";
    private const string ReturnItem = "Portal.Return";
    private const string SessionItem = "Portal.Session";
    private const string OthersItem = "Portal.Others";
    private const string ProviderItem = "Portal.Provider";
    private const string DepartureItem = "Portal.Departure";

    /// <summary>As long as the column of the identities; OpenID Connect allows 255, of which no known provider uses half.</summary>
    private const int MaxSubject = 128;
    private const int MaxValue = 255;

    /// <summary>How long it may wait in its browser for what it is for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How old a proof may be when it comes back from a provider that was asked for a new one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly string[] Kept = ["sub", "email", "email_verified", "amr", "auth_time", "sid"];

    private static readonly HashSet<string> KnownMethods =
        ["pwd", "otp", "mfa", "hwk", "swk", "sms", "tel", "pin", "face", "fpt", "iris", "vbm", "sc", "kba", "mca", "geo", "rba", "user", "wia"];

    /// <summary>Which provider, by its scheme.</summary>
    public required string Provider { get; init; }

    /// <summary>Who they are there. With the provider it is the identity; an address never is (OWASP ASVS 6.8.1).</summary>
    public required string Subject { get; init; }

    /// <summary>Tells the departure that it answers from every other: random.</summary>
    public required string Departure { get; init; }

    public ExternalPurpose Purpose { get; init; }

    public string? ReturnUrl { get; init; }

    /// <summary>The session in which a link or a confirmation was asked for; null for a sign-in.</summary>
    public string? ForSession { get; init; }

    /// <summary>Whether all other sessions are to end with a link.</summary>
    public bool EndOthers { get; init; }

    public string? Email { get; init; }

    /// <summary>Whether the provider says that the address is theirs. Not said is no.</summary>
    public bool IsEmailVerified { get; init; }

    /// <summary>How they proved themselves there: known RFC 8176 values. A provider that says nothing is taken to have asked for a password (OWASP ASVS 6.8.4).</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>When they did; null when the provider does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The provider's own session, by which it tells of its end; null when it does not say.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>Whether they proved themselves there just now; null when the provider does not say when.</summary>
    public bool? IsFresh(DateTimeOffset now) => AuthenticatedAt is { } at ? at > now - Fresh : null;

    /// <summary>As the proof that an account's person is there.</summary>
    public Proof For(long userId) => new(userId, Methods, IsPersistent: false, Provider: new ProvidedIdentity(Provider, Subject, ProviderSession, AuthenticatedAt));

    /// <summary>What travels to a provider and back.</summary>
    public static AuthenticationProperties Ask(
        string provider, ExternalPurpose purpose, string redirectUri, string? returnUrl, string? forSession = null, bool endOthers = false) => new(new Dictionary<string, string?>
        {
            [ProviderItem] = provider,
            [PurposeItem] = purpose.ToString(),
            [ReturnItem] = returnUrl,
            [SessionItem] = forSession,
            [OthersItem] = endOthers ? "true" : null,
            [DepartureItem] = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
        })
        {
            RedirectUri = redirectUri,
        };

    /// <summary>What somebody went to a provider for; a sign-in where nothing is known of it.</summary>
    public static ExternalPurpose PurposeOf(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(PurposeItem, out var text) == true && Enum.TryParse<ExternalPurpose>(text, out var purpose) ? purpose : ExternalPurpose.SignIn;

    /// <summary>Of what a provider says only what is used, none of it longer than it should be.</summary>
    public static ClaimsPrincipal Trim(ClaimsPrincipal said) => new(new ClaimsIdentity(
        said.Claims.Where(claim => Kept.Contains(claim.Type) && claim.Value.Length <= (claim.Type is "sub" ? MaxSubject : MaxValue)).Take(40).Select(claim => new Claim(claim.Type, claim.Value)),
        ExternalSchemes.Proof));

    /// <summary>What this browser brought back from a provider lately; null for nothing.</summary>
    public static async Task<ExternalProof?> OfAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(ExternalSchemes.Proof);
        return result is { Succeeded: true, Principal: { } said, Properties: { } properties }
            && properties.Items.TryGetValue(ProviderItem, out var provider) && provider is not null
            && properties.Items.TryGetValue(DepartureItem, out var departure) && departure is not null
            && said.FindFirst("sub")?.Value is { Length: > 0 } subject
            ? new ExternalProof
            {
                Provider = provider,
                Subject = subject,
                Departure = departure,
                Purpose = PurposeOf(properties),
                ReturnUrl = properties.Items.TryGetValue(ReturnItem, out var url) ? url : null,
                ForSession = properties.Items.TryGetValue(SessionItem, out var session) ? session : null,
                EndOthers = properties.Items.TryGetValue(OthersItem, out var others) && others is "true",
                Email = said.FindFirst("email")?.Value,
                IsEmailVerified = string.Equals(said.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase),
                Methods = MethodsIn(said),
                AuthenticatedAt = MomentOf(said.FindFirst("auth_time")?.Value),
                ProviderSession = said.FindFirst("sid")?.Value,
            }
            : null;
    }

    /// <summary>Takes it, for good with the caller's transaction or at once without one. False when it was taken before, here or by a copy of its cookie.</summary>
    public async Task<bool> TakeAsync(PortalDbContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        context.OneTimeTokens.Add(OneTimeToken.Taken(OneTimeTokenPurpose.ProviderProof, Departure, now, now + (2 * Lifetime)));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return false;
        }
    }

    private static IReadOnlyList<string> MethodsIn(ClaimsPrincipal said)
    {
        List<string> methods = [.. said.FindAll("amr").Select(claim => claim.Value).Where(KnownMethods.Contains).Distinct().Take(8)];
        return methods.Count > 0 ? methods : ["pwd"];
    }

    private static DateTimeOffset? MomentOf(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) && unix <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(unix)
            : null;
}

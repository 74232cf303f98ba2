namespace Portal.Accounts.Tokens;

/// <summary>
/// Access tokens for programs, section <c>Jwt</c>: JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, each tied to a
/// session and worth nothing once that has ended.
/// </summary>
public sealed class JwtOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Jwt";

    /// <summary>
    /// The secret that signs: text of 32 to 1024 bytes in UTF-8 (RFC 7518, section 3.2). Default empty: made once and kept in
    /// the data directory, except in Production, which does not start without one, because all its nodes need the same.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// The secret before it was replaced, still believed and never signed with, so that tokens outlive the change. As
    /// <see cref="Key"/>; default empty for none. Take it away after one <see cref="Lifetime"/>.
    /// </summary>
    public string PreviousKey { get; set; } = "";

    /// <summary>Who issues, the claim <c>iss</c>. Default empty: <see cref="PortalOptions.PublicUrl"/>.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>For whom, the claim <c>aud</c>. Default empty: the REST interface, <c>/api</c> below <see cref="PortalOptions.PublicUrl"/>.</summary>
    public string Audience { get; set; } = "";

    /// <summary>How long a token may be used, never longer than its session. Default 1 hour; 1 minute to 1 day.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The secret of an Invenio installation whose tokens are still about: they can be read, and sign nobody in, for they
    /// belong to no session. Any length, because it is what it is. Default empty for none.
    /// </summary>
    public string InvenioKey { get; set; } = "";
}

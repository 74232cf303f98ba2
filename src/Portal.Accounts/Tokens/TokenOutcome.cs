using System.Security.Claims;

namespace Portal.Accounts.Tokens;

/// <summary>What became of reading an access token.</summary>
public abstract record TokenOutcome
{
    private TokenOutcome()
    {
    }

    /// <summary>It is one of ours, and its session lives.</summary>
    /// <param name="Person">The session's person as of now, with names and roles, as the cookie would give them.</param>
    /// <param name="Token">What the token itself says: its claims by their names in RFC 7519.</param>
    public sealed record Accepted(ClaimsPrincipal Person, ClaimsIdentity Token) : TokenOutcome;

    /// <summary>A token of an Invenio installation, signed with <see cref="JwtOptions.InvenioKey"/>. It signs nobody in.</summary>
    /// <param name="Subject">Its <c>sub</c>, a number or text there; null for a token of nobody.</param>
    /// <param name="Token">All that it says.</param>
    public sealed record Foreign(string? Subject, ClaimsIdentity Token) : TokenOutcome;

    /// <summary>It is worth nothing here.</summary>
    public abstract record Refused : TokenOutcome
    {
        private protected Refused()
        {
        }

        /// <summary>A sentence for who sent it.</summary>
        public abstract string Reason { get; }
    }

    /// <summary>It was ours, and its time is over.</summary>
    public sealed record Expired : Refused
    {
        /// <inheritdoc/>
        public override string Reason => "The access token has expired.";
    }

    /// <summary>It is no token at all, or a broken one.</summary>
    public sealed record Malformed : Refused
    {
        /// <inheritdoc/>
        public override string Reason => "The access token cannot be read.";
    }

    /// <summary>It is a token, but not one of ours for this use: of another key, algorithm, issuer, audience or kind, or not valid yet.</summary>
    public sealed record Wrong : Refused
    {
        /// <inheritdoc/>
        public override string Reason => "The access token is not one for this site.";
    }

    /// <summary>Its session has ended, or its person proved anew who they are and the session got another key: it went with that.</summary>
    public sealed record Ended : Refused
    {
        /// <inheritdoc/>
        public override string Reason => "The session of the access token has ended or has another key.";
    }
}

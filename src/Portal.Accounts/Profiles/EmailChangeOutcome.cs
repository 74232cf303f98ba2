namespace Portal.Accounts.Profiles;

/// <summary>What became of asking for another address.</summary>
public abstract record EmailChangeOutcome
{
    private EmailChangeOutcome()
    {
    }

    /// <summary>Mails are on their way. The same whether or not the address was free: the mail tells.</summary>
    /// <param name="ExpiresAt">Until when the new address can be confirmed.</param>
    public sealed record Requested(DateTimeOffset ExpiresAt) : EmailChangeOutcome;

    /// <summary>The session must first prove once more who is at it.</summary>
    public sealed record NeedsRecentAuthentication : EmailChangeOutcome;

    /// <summary>Nothing was changed; each entry says what to do.</summary>
    /// <param name="Errors">All of the field <c>NewEmail</c>. Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : EmailChangeOutcome;

    /// <summary>An administrator acts as this person, whose alone the address is. Nothing changed.</summary>
    public sealed record Impersonating : EmailChangeOutcome;

    /// <summary>The session that asked has ended.</summary>
    public sealed record Gone : EmailChangeOutcome;
}

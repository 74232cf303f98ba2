using Portal.Accounts.Passkeys;

namespace Portal.Accounts.Profiles;

/// <summary>How a wish about one's own passkeys went.</summary>
public abstract record PasskeyOutcome
{
    private PasskeyOutcome()
    {
    }

    /// <summary>The browser may ask for a new one.</summary>
    /// <param name="Prompt">With what.</param>
    public sealed record Ready(PasskeyPrompt Prompt) : PasskeyOutcome;

    /// <summary>It is done.</summary>
    /// <param name="Passkey">The one it is about, as it is now, or was.</param>
    /// <param name="EndedSessions">How many other sessions ended with it.</param>
    public sealed record Done(PasskeyInfo Passkey, int EndedSessions) : PasskeyOutcome;

    /// <summary>Nothing happened: the person is to prove who they are first.</summary>
    public sealed record NeedsRecentAuthentication : PasskeyOutcome;

    /// <summary>Nothing happened: they have as many as one may.</summary>
    public sealed record Full : PasskeyOutcome;

    /// <summary>Nothing happened: the device's answer was not taken.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(PasskeyRefusal Reason) : PasskeyOutcome;

    /// <summary>Nothing happened: some account has this passkey already.</summary>
    public sealed record Taken : PasskeyOutcome;

    /// <summary>Nothing happened: without it nobody could sign in to the account any more.</summary>
    public sealed record LastWayIn : PasskeyOutcome;

    /// <summary>Nothing happened: that name cannot be.</summary>
    /// <param name="Error">Why, for the field <c>Name</c>.</param>
    public sealed record Invalid(FieldError Error) : PasskeyOutcome;

    /// <summary>There is no such passkey of theirs, perhaps no longer.</summary>
    public sealed record Missing : PasskeyOutcome;

    /// <summary>Nothing happened: whoever acts as somebody else changes nothing of how they sign in.</summary>
    public sealed record Impersonating : PasskeyOutcome;

    /// <summary>The session has ended, or its user may not do anything any more.</summary>
    public sealed record Gone : PasskeyOutcome;
}

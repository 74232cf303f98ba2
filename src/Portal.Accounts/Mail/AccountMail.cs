using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Portal.Accounts.Mail;

/// <summary>A mail to a person about their account: to whom, about what, with which links. The words are the renderer's.</summary>
/// <remarks>
/// A closed family. A new kind is a nested record, its line among the attributes and its letter in the renderer. Links may
/// hold a secret, so a mail as a string names its kind and user only.
/// </remarks>
[JsonDerivedType(typeof(ConfirmEmail), nameof(ConfirmEmail))]
[JsonDerivedType(typeof(AlreadyRegistered), nameof(AlreadyRegistered))]
[JsonDerivedType(typeof(Welcome), nameof(Welcome))]
[JsonDerivedType(typeof(Invitation), nameof(Invitation))]
[JsonDerivedType(typeof(ResetPassword), nameof(ResetPassword))]
[JsonDerivedType(typeof(PasswordChanged), nameof(PasswordChanged))]
[JsonDerivedType(typeof(ConfirmNewEmail), nameof(ConfirmNewEmail))]
[JsonDerivedType(typeof(EmailChangeAsked), nameof(EmailChangeAsked))]
[JsonDerivedType(typeof(EmailChanged), nameof(EmailChanged))]
[JsonDerivedType(typeof(EmailReturned), nameof(EmailReturned))]
[JsonDerivedType(typeof(NewDevice), nameof(NewDevice))]
[JsonDerivedType(typeof(FactorChanged), nameof(FactorChanged))]
[JsonDerivedType(typeof(RecoveryCodeUsed), nameof(RecoveryCodeUsed))]
[JsonDerivedType(typeof(CodesGuessed), nameof(CodesGuessed))]
[JsonDerivedType(typeof(PasswordGuessed), nameof(PasswordGuessed))]
[JsonDerivedType(typeof(PasskeyAdded), nameof(PasskeyAdded))]
[JsonDerivedType(typeof(PasskeyRemoved), nameof(PasskeyRemoved))]
[JsonDerivedType(typeof(WaysInRemoved), nameof(WaysInRemoved))]
[JsonDerivedType(typeof(Deactivated), nameof(Deactivated))]
[JsonDerivedType(typeof(Deleted), nameof(Deleted))]
[JsonDerivedType(typeof(IdentityLinked), nameof(IdentityLinked))]
[JsonDerivedType(typeof(IdentityUnlinked), nameof(IdentityUnlinked))]
[JsonDerivedType(typeof(Nobody), nameof(Nobody))]
public abstract partial record AccountMail
{
    private const int MaxGreetingName = 60;

    private AccountMail(string recipient, long? userId, string? name)
    {
        Recipient = recipient;
        UserId = userId;
        Name = name;
    }

    /// <summary>The address it goes to, without a name. May hold characters outside ASCII.</summary>
    public string Recipient { get; }

    /// <summary>Whose account it is about; null when there is none.</summary>
    public long? UserId { get; }

    /// <summary>What the person is called, as they typed it; null when unknown. Mails show <see cref="GreetingName"/>.</summary>
    public string? Name { get; }

    /// <summary>The language it is written in, a BCP 47 tag such as <c>en</c>; null for the site's.</summary>
    public string? Culture { get; init; }

    /// <summary>The zone its moments are told in, an IANA name; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>
    /// The name as it may stand in a mail, in a single line; null when it is best left out. Whoever registers an address
    /// chooses the name but need not own the address, so a name that looks like a link or is over 60 characters, and
    /// would make the mail carry a stranger's message, is not repeated.
    /// </summary>
    [JsonIgnore]
    public string? GreetingName
    {
        get
        {
            var name = Invisible().Replace(Name ?? "", " ").Trim();
            return name.Length is 0 or > MaxGreetingName || LooksLikeLink().IsMatch(name) ? null : name;
        }
    }

    /// <summary>The kind's name, as the outbox stores it.</summary>
    internal string Kind => GetType().Name;

    /// <summary>The kind and the user's id, never a link.</summary>
    public sealed override string ToString() => $"{Kind} to user {UserId}";

    /// <summary>Asks to confirm that an address belongs to the person who registered it.</summary>
    /// <param name="Recipient">The address to confirm.</param>
    /// <param name="UserId">The account it was given for.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Url">The absolute address that confirms; holds the secret.</param>
    /// <param name="ExpiresAt">When the link stops working.</param>
    /// <param name="Occasion">When and from where the account was made; null when unknown.</param>
    public sealed record ConfirmEmail(
        string Recipient, long? UserId, string? Name, string Url, DateTimeOffset ExpiresAt, MailOccasion? Occasion = null)
        : AccountMail(Recipient, UserId, Name)
    {
        /// <summary>Whether an operator gave the account this address in place of another.</summary>
        public bool IsReplacement { get; init; }
    }

    /// <summary>Somebody wanted an address that has an account, for a new account or for one they have; only its owner is told.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account it belongs to.</param>
    /// <param name="Name">What the account's owner is called; null when unknown.</param>
    /// <param name="SignInUrl">The absolute address of the sign-in page.</param>
    /// <param name="RecoveryUrl">The absolute address where a forgotten password is replaced; null where there is none.</param>
    /// <param name="Occasion">From where it was tried; null when unknown.</param>
    public sealed record AlreadyRegistered(
        string Recipient, long? UserId, string? Name, string SignInUrl, string? RecoveryUrl, MailOccasion? Occasion = null)
        : AccountMail(Recipient, UserId, Name)
    {
        /// <summary>Whether the address was to replace that of an account, rather than to begin one.</summary>
        public bool IsReplacement { get; init; }
    }

    /// <summary>The address was confirmed; the account is ready.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="SignInUrl">The absolute address of the sign-in page.</param>
    /// <param name="Occasion">From where it was confirmed; null when unknown.</param>
    public sealed record Welcome(string Recipient, long? UserId, string? Name, string SignInUrl, MailOccasion? Occasion = null)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>A link for choosing a new password.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Url">The absolute address of the form; holds the secret.</param>
    /// <param name="ExpiresAt">When the link stops working.</param>
    /// <param name="Occasion">From where it was asked for.</param>
    public sealed record ResetPassword(string Recipient, long? UserId, string? Name, string Url, DateTimeOffset ExpiresAt, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name)
    {
        /// <summary>Whether an operator had it sent.</summary>
        public bool IsByAdministrator { get; init; }
    }

    /// <summary>An operator made an account for the person, who takes it over by choosing a password.</summary>
    /// <param name="Recipient">The address; following the link confirms it.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Url">The absolute address of the form; holds the secret.</param>
    /// <param name="ExpiresAt">When the link stops working.</param>
    public sealed record Invitation(string Recipient, long? UserId, string? Name, string Url, DateTimeOffset ExpiresAt)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>The password was changed or reset.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="EndedSessions">How many sessions that ended.</param>
    /// <param name="RecoveryUrl">The absolute address where a password is replaced; null where there is none.</param>
    /// <param name="Occasion">From where it was done.</param>
    public sealed record PasswordChanged(string Recipient, long? UserId, string? Name, int EndedSessions, string? RecoveryUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>To the new address: asks to confirm that it is to become the account's.</summary>
    /// <param name="Recipient">The new address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Url">The absolute address that confirms; holds the secret.</param>
    /// <param name="ExpiresAt">When the link stops working.</param>
    /// <param name="Occasion">From where it was asked for.</param>
    public sealed record ConfirmNewEmail(string Recipient, long? UserId, string? Name, string Url, DateTimeOffset ExpiresAt, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>To the present address: somebody asked to replace it; nothing has changed yet, and here is how to stop it.</summary>
    /// <param name="Recipient">The present address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="NewEmail">The address it is to become.</param>
    /// <param name="StopUrl">The absolute address that calls it off; holds the secret.</param>
    /// <param name="ExpiresAt">Until when the new address can be confirmed.</param>
    /// <param name="Occasion">From where it was asked for.</param>
    public sealed record EmailChangeAsked(
        string Recipient, long? UserId, string? Name, string NewEmail, string StopUrl, DateTimeOffset ExpiresAt, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>The address was changed; goes to the old and to the new one.</summary>
    /// <param name="Recipient">One of the two.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="OldEmail">What it was.</param>
    /// <param name="NewEmail">What it is.</param>
    /// <param name="AccountUrl">The absolute address of the account.</param>
    /// <param name="Occasion">From where it was confirmed.</param>
    public sealed record EmailChanged(string Recipient, long? UserId, string? Name, string OldEmail, string NewEmail, string AccountUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>The address of an account is the former one again, because its person said that the change was not theirs. Goes to both.</summary>
    /// <inheritdoc cref="EmailChanged" path="/param"/>
    public sealed record EmailReturned(string Recipient, long? UserId, string? Name, string OldEmail, string NewEmail, string AccountUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>How the person proves who they are, besides the password, was changed.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Change">What changed.</param>
    /// <param name="RecoveryUrl">The absolute address where a password is replaced; null where there is none.</param>
    /// <param name="SecurityUrl">The absolute address of the page that shows it.</param>
    /// <param name="Occasion">From where it was done; of an administrator only when.</param>
    public sealed record FactorChanged(
        string Recipient, long? UserId, string? Name, FactorChange Change, string? RecoveryUrl, string SecurityUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>A recovery code was used.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Left">How many are left.</param>
    /// <param name="SecurityUrl">The absolute address of the page that makes new ones.</param>
    /// <param name="Occasion">From where it was used.</param>
    public sealed record RecoveryCodeUsed(string Recipient, long? UserId, string? Name, int Left, string SecurityUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>A passkey was added, with which its owner can sign in alone. Its name is not repeated: an intruder would have chosen it.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="EndedSessions">How many sessions were ended with it.</param>
    /// <param name="SecurityUrl">The absolute address where passkeys are removed.</param>
    /// <param name="Occasion">From where it was done.</param>
    public sealed record PasskeyAdded(string Recipient, long? UserId, string? Name, int EndedSessions, string SecurityUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>A passkey was removed; nobody can sign in with it any more.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="EndedSessions">How many sessions were ended with it.</param>
    /// <param name="SecurityUrl">The absolute address where those that are left are listed.</param>
    /// <param name="Occasion">From where it was done.</param>
    /// <param name="IsByAdministrator">Whether an administrator did it.</param>
    public sealed record PasskeyRemoved(string Recipient, long? UserId, string? Name, int EndedSessions, string SecurityUrl, MailOccasion Occasion, bool IsByAdministrator = false)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>
    /// The account was deactivated or blocked. Says when and why, never with what and from where: that would be an
    /// administrator's device and place, which are nobody's business of the person.
    /// </summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="PortalUrl">The absolute address of the portal.</param>
    /// <param name="At">When; null when unknown.</param>
    /// <param name="IsDomainBlocked">True when the domain of the address is blocked; false when an administrator did it; null when unknown.</param>
    public sealed record Deactivated(
        string Recipient, long? UserId, string? Name, string PortalUrl, DateTimeOffset? At = null, bool? IsDomainBlocked = null)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>The account was deleted. Carries no user: there is none any more.</summary>
    /// <param name="Recipient">The address it had.</param>
    /// <param name="Name">What the person was called; null when unknown.</param>
    /// <param name="PortalUrl">The absolute address of the portal.</param>
    /// <param name="Occasion">From where it was done.</param>
    public sealed record Deleted(string Recipient, string? Name, string PortalUrl, MailOccasion Occasion)
        : AccountMail(Recipient, null, Name);

    /// <summary>An identity at a provider can be used to sign in from now on.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Provider">What people call the provider.</param>
    /// <param name="IdentitiesUrl">The absolute address where identities are seen and unlinked.</param>
    /// <param name="Occasion">From where it was done.</param>
    public sealed record IdentityLinked(string Recipient, long? UserId, string? Name, string Provider, string IdentitiesUrl, MailOccasion Occasion)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>An identity at a provider no longer opens the account.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account.</param>
    /// <param name="Name">What the person is called; null when unknown.</param>
    /// <param name="Provider">What people call the provider.</param>
    /// <param name="IdentitiesUrl">The absolute address where identities are seen and linked.</param>
    /// <param name="Occasion">From where it was done.</param>
    /// <param name="IsByAdministrator">Whether an administrator did it, which also ends the sessions that began with the identity.</param>
    public sealed record IdentityUnlinked(string Recipient, long? UserId, string? Name, string Provider, string IdentitiesUrl, MailOccasion Occasion, bool IsByAdministrator = false)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>
    /// Goes to nobody: written where an address has no account to write to, so that the answer takes the same work and the
    /// same time. The sender marks it sent and sends nothing.
    /// </summary>
    public sealed record Nobody() : AccountMail("", null, null);

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Z}]+")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"://|@|\w\.\w{2}")]
    private static partial Regex LooksLikeLink();
}

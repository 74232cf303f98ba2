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
    public sealed record ConfirmEmail(string Recipient, long? UserId, string? Name, string Url, DateTimeOffset ExpiresAt)
        : AccountMail(Recipient, UserId, Name);

    /// <summary>Somebody tried to register with an address that has an account; only its owner is told.</summary>
    /// <param name="Recipient">The address.</param>
    /// <param name="UserId">The account it belongs to.</param>
    /// <param name="Name">What the account's owner is called; null when unknown.</param>
    /// <param name="SignInUrl">The absolute address of the sign-in page.</param>
    /// <param name="RecoveryUrl">The absolute address where a forgotten password is replaced; null where there is none.</param>
    public sealed record AlreadyRegistered(string Recipient, long? UserId, string? Name, string SignInUrl, string? RecoveryUrl)
        : AccountMail(Recipient, UserId, Name);

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Z}]+")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"://|@|\w\.\w{2}")]
    private static partial Regex LooksLikeLink();
}

using System.Diagnostics.CodeAnalysis;

namespace Portal.Accounts;

/// <summary>What people may do for themselves and which rules names follow, section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Accounts";

    /// <summary>Whether people sign in with a password of this portal. Default true. False hides the form; its endpoints answer that it is disabled.</summary>
    public bool LocalLogin { get; set; } = true;

    /// <summary>Whether people may register by themselves. Default true. False hides the page; its address answers 404 and its endpoint 400.</summary>
    public bool Registration { get; set; } = true;

    /// <summary>Whether people who forgot their password may have a link mailed to choose a new one. Default true. False hides the pages; their addresses answer 404 and their endpoints 400.</summary>
    public bool Recovery { get; set; } = true;

    /// <summary>Whether people may change their password while signed in. Default true. False hides the page; its address answers 404 and its endpoint 400.</summary>
    public bool PasswordChange { get; set; } = true;

    /// <summary>Whether an address must be confirmed before its owner may sign in. Default true.</summary>
    public bool RequireConfirmedEmail { get; set; } = true;

    /// <summary>How long a confirmation link works. Default 30 minutes; 1 minute to 7 days. Single use.</summary>
    public TimeSpan ConfirmEmailWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a link for choosing a new password works. Default 30 minutes; 1 minute to 7 days. Single use.</summary>
    public TimeSpan ResetPasswordWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long network addresses are kept, in whatever table. Default 30 days; 1 day to 3,650 days. Older ones are taken out within an hour.</summary>
    public TimeSpan IpRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// What a username must match as a whole: a .NET regular expression without backtracking. Default a letter followed by
    /// 2 to 254 letters, digits, hyphens and underscores.
    /// </summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public string UserNamePattern { get; set; } = "^[a-zA-Z][a-zA-Z0-9-_]{2,254}$";

    /// <summary>The sentence that explains <see cref="UserNamePattern"/>, shown as hint and error.</summary>
    public string UserNameRules { get; set; } =
        "A username starts with a letter, has 3 to 255 characters, and holds only letters, digits, hyphens and underscores.";

    /// <summary>Who may find a new user's profile. Default <c>restricted</c>; or <c>public</c>.</summary>
    public string DefaultVisibility { get; set; } = "restricted";

    /// <summary>Who may see a new user's address. Default <c>restricted</c>; or <c>public</c>.</summary>
    public string DefaultEmailVisibility { get; set; } = "restricted";

    /// <summary>What is demanded of people who hold the administrator role.</summary>
    public AdministratorDemands Administrators { get; set; } = new();

    /// <summary>Whether new users count as verified at once. Default false.</summary>
    public bool VerifiedByDefault { get; set; }

    /// <summary>What is demanded of administrators.</summary>
    public sealed class AdministratorDemands
    {
        /// <summary>
        /// Whether they administer only in a session with a second factor, a code beside the password or a passkey (OWASP ASVS
        /// 6.3.3, 8.4.2). Default false. Without one, every page below <c>/admin</c> leads to where a factor is set up or given,
        /// and <c>/api/admin</c> answers 403.
        /// </summary>
        public bool RequireSecondFactor { get; set; }
    }
}

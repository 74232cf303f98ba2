namespace Portal.Api;

/// <summary>The resources, as the document groups operations.</summary>
internal static class ApiTags
{
    public const string SignIn = "Signing in";
    public const string Registration = "Registration";
    public const string Password = "Password";
    public const string Account = "Own account";
    public const string Sessions = "Own sessions";
    public const string Users = "Users";
    public const string Roles = "Roles";
    public const string AllSessions = "All sessions";
    public const string Domains = "Domains";
    public const string Identities = "Identities";
    public const string Mails = "Mails";
    public const string Events = "Security events";

    /// <summary>Each with what it is about, in the order to read them.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (SignIn, "Beginning and ending a session, by cookie or access token."),
        (Registration, "Making an account and confirming its address."),
        (Password, "One's own password."),
        (Account, "Who is signed in: profile, preferences, linked identities, what happened."),
        (Sessions, "Where one is signed in."),
        (Users, "For administrators: everybody's accounts."),
        (Roles, "For administrators: what people may do beyond their own account."),
        (AllSessions, "For administrators: where everybody is signed in."),
        (Domains, "For administrators: email domains, and by them their people."),
        (Identities, "For administrators: who is known to which external provider."),
        (Mails, "For administrators: which mails went to whom, never what they say."),
        (Events, "For administrators: the log of security events."),
    ];
}

namespace Portal.Accounts.Passwords;

/// <summary>
/// The one judge of new passwords, whichever way they come in (page, REST, command line). Follows NIST SP 800-63B-4,
/// 3.1.1.2: length, a blocklist with context words, and no composition rules. Existing passwords are never judged.
/// </summary>
/// <remarks>
/// The list of breached passwords (OWASP ASVS 6.2.12) is the one zxcvbn brings, some ten thousands, with what people make
/// of them: said twice, with numbers, in a row. There is no other. A larger one would weigh more than the portal, and no
/// service is asked, because it would learn when somebody here chooses a password.
/// </remarks>
public interface IPasswordRules
{
    /// <summary>
    /// Every reason to refuse <paramref name="password"/>, each an English sentence or two that say what to do; empty
    /// when it is fine. The sentences quote context words, never other parts of the password. Asks no outside service;
    /// takes a few milliseconds of the calling thread, for the oddest texts a few hundred. May run on a circuit, by many callers at once.
    /// </summary>
    /// <param name="password">Exactly as typed.</param>
    /// <param name="context">The person it is for.</param>
    IReadOnlyList<string> Check(string password, PasswordContext context);
}

using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

/// <summary>
/// The one judge of new passwords, whichever way they come in (page, REST, command line). Follows NIST SP 800-63B-4,
/// 3.1.1.2: length, a blocklist with context words, and no composition rules. Existing passwords are never judged.
/// </summary>
/// <remarks>
/// The list of breached passwords (OWASP ASVS 6.2.12) is the one zxcvbn brings, some ten thousands, with what people make
/// of them: said twice, with numbers, in a row. There is no other. A larger one would weigh more than the portal, and no
/// service is asked, because it would learn when somebody here chooses a password; a site that sees it otherwise adds an
/// <see cref="IPasswordRule"/>.
/// </remarks>
internal sealed class PasswordRules(
    IOptions<PasswordsOptions> options, SiteWords siteWords, PasswordGuessing guessing, IEnumerable<IPasswordRule> more)
{
    /// <summary>Composition makes at most four units one, so nothing longer than this can end within the limit.</summary>
    private const int HopelessLength = PasswordsOptions.MaximumLength * 8;

    private static readonly string TooLong = string.Create(
        CultureInfo.InvariantCulture, $"Use at most {PasswordsOptions.MaximumLength} characters; this password is longer.");

    /// <summary>Every reason to refuse a password, the site's own too; empty when it is fine. Not in a transaction: the site may ask a service.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(string password, PasswordContext context, CancellationToken cancellationToken)
    {
        List<string> failures = [.. Check(password, context)];
        if (failures.Count == 0)
        {
            foreach (var rule in more)
            {
                if (await rule.RefuseAsync(password, context, cancellationToken) is { } failure)
                {
                    failures.Add(failure);
                }
            }
        }

        return failures;
    }

    /// <summary>
    /// The portal's own reasons, each an English sentence or two that say what to do. The sentences quote context words, never
    /// other parts of the password. Takes a few milliseconds of the calling thread, for the oddest texts a few hundred.
    /// </summary>
    /// <param name="password">Exactly as typed.</param>
    /// <param name="context">The person it is for.</param>
    public IReadOnlyList<string> Check(string password, PasswordContext context)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(context);

        // Decided before any work that grows with the length.
        if (password.Length > HopelessLength)
        {
            return [TooLong];
        }

        if (!PasswordText.TryNormalize(password, out var normalized))
        {
            return ["Type the password again: it contains a broken character that cannot be read."];
        }

        var length = PasswordText.CountCharacters(normalized);
        if (length > PasswordsOptions.MaximumLength)
        {
            return [TooLong];
        }

        List<string> failures = [];
        var words = siteWords.For(context);
        var minimum = context.HasSecondFactor ? options.Value.MinimumLengthWithSecondFactor : options.Value.MinimumLength;
        if (length < minimum)
        {
            failures.Add(string.Create(
                CultureInfo.InvariantCulture, $"Use at least {minimum} characters; this password has {length}. A few unrelated words do well."));
        }
        else if (guessing.WhyEasy(normalized, words) is { } reason)
        {
            failures.Add($"Choose a password that is harder to guess: {reason}. Four or more unrelated words do well, or let a password manager make one.");
        }

        failures.AddRange(FindWords(normalized, words).Select(word =>
            $"Leave “{word}” out: your name, your address and the name of this site are what a guesser tries first."));
        return failures;
    }

    /// <summary>The longest words first, and none that another one named already contains.</summary>
    private static List<string> FindWords(string password, IReadOnlyList<string> words)
    {
        List<string> found = [];
        foreach (var word in words)
        {
            if (password.Contains(word, StringComparison.OrdinalIgnoreCase)
                && !found.Exists(longer => longer.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(word);
            }
        }

        return found;
    }
}

using System.Globalization;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Passwords;

internal sealed class PasswordRules(
    IOptions<PasswordsOptions> options, SiteWords siteWords, PasswordGuessing guessing) : IPasswordRules
{
    /// <summary>Composition makes at most four units one, so nothing longer than this can end within the limit.</summary>
    private const int HopelessLength = PasswordsOptions.MaximumLength * 8;

    private static readonly string TooLong = string.Create(
        CultureInfo.InvariantCulture, $"Use at most {PasswordsOptions.MaximumLength} characters; this password is longer.");

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

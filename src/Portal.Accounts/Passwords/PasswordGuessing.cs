using Zxcvbn;
using Zxcvbn.Matcher;

namespace Portal.Accounts.Passwords;

/// <summary>
/// How soon would a guesser find it who knows the common passwords, words, names and keyboard patterns? The estimate and
/// the word lists are zxcvbn's; what it does not see is added here: repeated pieces, common passwords with spaces
/// between, and long walks over the keyboard (<see cref="PasswordPattern"/>).
/// </summary>
/// <remarks>Loads 100,000 words when first asked and keeps them; read only afterwards, so callers may run in parallel.</remarks>
internal sealed class PasswordGuessing
{
    /// <summary>zxcvbn's score 3: more than 10^10 guesses on average.</summary>
    private const double StrongBits = 34.22;

    /// <summary>zxcvbn's score 2: more than 10^8 guesses on average. Asked of what remains without the spaces, which the estimate takes for random characters.</summary>
    private const double StrongBitsWithoutSpaces = 27.58;

    /// <summary>zxcvbn counts every turn of a keyboard walk as a free choice; in truth people walk few ways.</summary>
    private const double WalkBits = 16;

    /// <summary>The work grows with the square of the length, and what 100 characters cannot make strong stays weak.</summary>
    private const int Considered = 100;

    private const string FollowsKeys = "this one follows the keys of the keyboard";
    private const string FollowsOrder = "this one follows a simple order such as abc or 123";

    private readonly Lazy<Zxcvbn.Zxcvbn> _estimator = new(() => new Zxcvbn.Zxcvbn());

    /// <summary>Null when it is hard to guess, else the rest of a sentence that starts "… is harder to guess:".</summary>
    /// <param name="password">Normalised.</param>
    /// <param name="contextWords">Words that count as known to the guesser.</param>
    public string? WhyEasy(string password, IEnumerable<string> contextWords)
    {
        var known = contextWords.Select(word => word.ToLowerInvariant()).Distinct().ToArray();
        var considered = password.Length <= Considered ? password : password[..Considered];
        if (!considered.Any(char.IsLower))
        {
            // The estimate credits every capital; all of them together are one key held down.
            considered = considered.ToLowerInvariant();
        }

        var unit = PasswordPattern.RepeatedUnit(considered);
        if (unit < considered.Length && Bits(considered[..unit], known, out _) < StrongBits)
        {
            return "this one repeats the same short piece";
        }

        if (PasswordPattern.FollowsKeys(considered))
        {
            return FollowsKeys;
        }

        if (PasswordPattern.FollowsOrder(considered))
        {
            return FollowsOrder;
        }

        if (Bits(considered, known, out var pieces) < StrongBits)
        {
            return Explain(pieces);
        }

        var joined = string.Concat(considered.Where(character => !char.IsWhiteSpace(character)));
        return joined.Length < considered.Length && Bits(joined, known, out pieces) < StrongBitsWithoutSpaces
            ? Explain(pieces)
            : null;
    }

    private double Bits(string text, string[] known, out IList<Match> pieces)
    {
        if (text.Length == 0)
        {
            pieces = [];
            return 0;
        }

        // The sum comes from the whole: the list of pieces leaves out what stands before the first one recognised.
        var estimate = _estimator.Value.EvaluatePassword(text, known);
        pieces = estimate.MatchSequence;
        return estimate.Entropy - pieces.OfType<SpatialMatch>().Sum(walk => Math.Max(0, walk.Entropy - WalkBits));
    }

    /// <summary>Named after the pattern that covers most of the text. Quotes nothing: messages travel further than passwords may.</summary>
    private static string Explain(IList<Match> pieces)
    {
        var widest = pieces
            .GroupBy(Describe)
            .MaxBy(group => group.Sum(piece => piece.Token.Length));
        return widest?.Key ?? "this one is empty";
    }

    private static string Describe(Match piece) => piece switch
    {
        DictionaryMatch { DictionaryName: "passwords" } => "this one is made of passwords that many people use",
        DictionaryMatch { DictionaryName: "male_names" or "female_names" or "surnames" } => "this one is made of common names",
        DictionaryMatch { DictionaryName: "user_inputs" } => "this one is made of words that belong to you or to this site",
        DictionaryMatch => "this one is made of very common words",
        SpatialMatch => FollowsKeys,
        SequenceMatch => FollowsOrder,
        RepeatMatch => "this one repeats the same character",
        DateMatch => "this one is made of dates",
        { Pattern: "year" } => "this one is made of years",
        _ => "this one has too few characters that could not be foretold",
    };
}

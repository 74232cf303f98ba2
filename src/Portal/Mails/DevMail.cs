using System.Text.RegularExpressions;
using MimeKit;

namespace Portal.Mails;

/// <summary>A mail found in the pick-up folder.</summary>
/// <param name="File">Its file's name, without folder.</param>
/// <param name="Message">What the file holds.</param>
public sealed partial record DevMail(string File, MimeMessage Message)
{
    /// <summary>The web addresses in the text, each once, in order.</summary>
    public IReadOnlyList<string> Links { get; } =
        [.. Address().Matches(Message.TextBody ?? "").Select(match => match.Value).Distinct()];

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();
}

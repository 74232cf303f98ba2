using System.Text.Json;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using Portal.Accounts.Data;

namespace Portal.Accounts.Mail;

/// <summary>Why an attempt failed, in a line that may be stored, logged and shown.</summary>
/// <remarks>Mail servers quote what they refuse, links too; so whatever looks like a link or a secret is left out.</remarks>
internal static partial class MailFailure
{
    /// <summary>Leaves room before it for an exception's name.</summary>
    private const int MaxLength = PortalDbContext.Lengths.Sentence - 100;

    public static string Describe(Exception exception) => exception switch
    {
        JsonException => "This build does not know the mail's kind.",
        OperationCanceledException => "It took too long.",
        SmtpCommandException command => Line($"The mail server answered {(int)command.StatusCode} {command.Message}"),
        _ => $"{exception.GetType().Name}: {Line(exception.Message)}",
    };

    /// <summary>Any text, made into such a line.</summary>
    public static string Line(string text)
    {
        var line = Secret().Replace(Blank().Replace(text, " "), "…").Trim();
        return line.Length > MaxLength ? line[..MaxLength] : line;
    }

    /// <summary>The line without the address it was about, which has a column of its own and may be forgotten there.</summary>
    public static string Without(string recipient, string line) =>
        recipient.Length == 0 ? line : line.Replace(recipient, "…", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"[\p{Cc}\p{Z}]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\w+://\S+|[\w%=-]{20,}")]
    private static partial Regex Secret();
}

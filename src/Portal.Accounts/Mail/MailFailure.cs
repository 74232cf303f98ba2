using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using Portal.Accounts.Data;

namespace Portal.Accounts.Mail;

/// <summary>Why an attempt failed, in a line that may be stored, logged and shown.</summary>
/// <remarks>Mail servers quote what they refuse, links too; so whatever looks like a link or a secret is left out.</remarks>
internal static partial class MailFailure
{
    public static bool IsPermanent(Exception exception) => exception is MailRefusedException or CryptographicException;

    public static string Describe(Exception exception)
    {
        var line = exception switch
        {
            MailRefusedException => Clean(exception.Message),
            CryptographicException => "What the mail is about cannot be read; its data-protection key is missing.",
            JsonException => "This build does not know the mail's kind.",
            OperationCanceledException => "It took too long.",
            SmtpCommandException command => $"The mail server answered {(int)command.StatusCode} {Clean(command.Message)}",
            _ => $"{exception.GetType().Name}: {Clean(exception.Message)}",
        };
        return line.Length > PortalDbContext.Lengths.Sentence ? line[..PortalDbContext.Lengths.Sentence] : line;
    }

    private static string Clean(string message) => Secret().Replace(Blank().Replace(message, " "), "…").Trim();

    [GeneratedRegex(@"[\p{Cc}\p{Z}]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\w+://\S+|[\w%=-]{20,}")]
    private static partial Regex Secret();
}

using System.Text;
using Portal.Accounts.Data;

namespace Portal.Admin;

/// <summary>Mails of the outbox in words.</summary>
internal static class MailWords
{
    public static string Of(OutboxMailState state) => state switch
    {
        OutboxMailState.Waiting => "Waiting",
        OutboxMailState.Sending => "Being sent",
        OutboxMailState.Retrying => "Trying again",
        OutboxMailState.Sent => "Sent",
        _ => "Given up",
    };

    public static string? ToneOf(OutboxMailState state) => state switch
    {
        OutboxMailState.Sent => "good",
        OutboxMailState.Retrying => "warn",
        OutboxMailState.GivenUp => "bad",
        _ => null,
    };

    /// <summary>As addresses name it.</summary>
    public static string NameOf(OutboxMailState state) => state.ToString().ToLowerInvariant();

    /// <summary>PasswordChanged: "Password changed".</summary>
    public static string OfKind(string kind)
    {
        var words = new StringBuilder(kind.Length + 4);
        foreach (var letter in kind)
        {
            words.Append(words.Length > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        }

        return words.ToString();
    }
}

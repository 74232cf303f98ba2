using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Portal.Accounts.Mail;

internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        List<string> failures = [];
        if (!MailboxAddress.TryParse(options.From, out var from) || from.Domain.Length == 0)
        {
            failures.Add($"Mail:From is \"{options.From}\"; give an address, for example no-reply@example.org.");
        }

        if (!Enum.IsDefined(options.Transport))
        {
            failures.Add($"Mail:Transport is \"{options.Transport}\"; give Pickup or Smtp.");
        }
        else if (options.Transport is MailTransport.Smtp)
        {
            failures.AddRange(Failures(options.Smtp));
        }
        else if (string.IsNullOrWhiteSpace(options.PickupDirectory))
        {
            failures.Add($"Mail:PickupDirectory is \"{options.PickupDirectory}\"; give a folder, Mail:Transport Pickup writes there.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Failures(SmtpOptions smtp)
    {
        if (string.IsNullOrWhiteSpace(smtp.Host))
        {
            yield return $"Mail:Smtp:Host is \"{smtp.Host}\"; Mail:Transport Smtp needs the name of a mail server there.";
        }

        if (smtp.Port is < 1 or > 65535)
        {
            yield return $"Mail:Smtp:Port is {smtp.Port}; give 1 to 65535.";
        }

        if (smtp.Timeout < MinTimeout || smtp.Timeout > MaxTimeout)
        {
            yield return $"Mail:Smtp:Timeout is {smtp.Timeout:c}; give {MinTimeout:c} to {MaxTimeout:c}.";
        }

        // The password itself is never shown.
        if ((smtp.UserName.Length > 0) != (smtp.Password.Length > 0))
        {
            yield return smtp.UserName.Length > 0
                ? $"Mail:Smtp:UserName is \"{smtp.UserName}\" and Mail:Smtp:Password is empty; set both or neither."
                : "Mail:Smtp:UserName is empty and Mail:Smtp:Password is set; set both or neither.";
        }

        if (!Enum.IsDefined(smtp.Security))
        {
            yield return $"Mail:Smtp:Security is \"{smtp.Security}\"; give None, StartTls or Tls.";
        }
        else if (smtp.Security is SmtpSecurity.None && smtp.UserName.Length > 0 && !IsThisMachine(smtp.Host))
        {
            yield return $"Mail:Smtp:Security is None for \"{smtp.Host}\" with a password; give StartTls or Tls, or the password travels readable.";
        }
    }

    private static bool IsThisMachine(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}

using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

public sealed class MailOptionsValidatorTests
{
    private static IEnumerable<string> FailuresOf(MailOptions options) => new MailOptionsValidator().Validate(null, options).Failures ?? [];

    [Fact]
    public void The_defaults_are_right() => Assert.Empty(FailuresOf(new MailOptions()));

    [Fact]
    public void Smtp_needs_a_host_and_every_failure_is_named_at_once()
    {
        var options = new MailOptions
        {
            Transport = MailTransport.Smtp,
            From = "nobody",
            Smtp = new SmtpOptions { Port = 0, Timeout = TimeSpan.FromMinutes(5), UserName = "portal", Security = (SmtpSecurity)9 },
        };

        Assert.Equal(
        [
            "Mail:From is \"nobody\"; give an address, for example no-reply@example.org.",
            "Mail:Smtp:Host is \"\"; Mail:Transport Smtp needs the name of a mail server there.",
            "Mail:Smtp:Port is 0; give 1 to 65535.",
            "Mail:Smtp:Timeout is 00:05:00; give 00:00:01 to 00:01:00.",
            "Mail:Smtp:UserName is \"portal\" and Mail:Smtp:Password is empty; set both or neither.",
            "Mail:Smtp:Security is \"9\"; give None, StartTls or Tls.",
        ],
        FailuresOf(options));
    }

    [Fact]
    public void A_password_never_shows_in_a_failure()
    {
        var options = new MailOptions { Transport = MailTransport.Smtp, Smtp = new SmtpOptions { Host = "mail.example", Password = "hunter2" } };

        Assert.Equal(["Mail:Smtp:UserName is empty and Mail:Smtp:Password is set; set both or neither."], FailuresOf(options));
    }

    [Theory]
    [InlineData("mail.example", SmtpSecurity.None, false)]
    [InlineData("localhost", SmtpSecurity.None, true)]
    [InlineData("127.0.0.1", SmtpSecurity.None, true)]
    [InlineData("mail.example", SmtpSecurity.StartTls, true)]
    [InlineData("mail.example", SmtpSecurity.Tls, true)]
    public void A_password_leaves_this_machine_only_encrypted(string host, SmtpSecurity security, bool right)
    {
        var options = new MailOptions
        {
            Transport = MailTransport.Smtp,
            Smtp = new SmtpOptions { Host = host, Security = security, UserName = "portal", Password = "hunter2" },
        };

        Assert.Equal(right, !FailuresOf(options).Any());
    }

    [Fact]
    public void Pickup_needs_a_folder_and_an_unknown_transport_is_named()
    {
        Assert.StartsWith("Mail:PickupDirectory", Assert.Single(FailuresOf(new MailOptions { PickupDirectory = " " })), StringComparison.Ordinal);
        Assert.Equal("Mail:Transport is \"7\"; give Pickup or Smtp.", Assert.Single(FailuresOf(new MailOptions { Transport = (MailTransport)7 })));
    }
}

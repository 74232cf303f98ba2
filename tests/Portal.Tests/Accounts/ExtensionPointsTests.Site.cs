using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts.Administration;
using Portal.Accounts.Captcha;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.SignIn;
using Portal.Testing;

namespace Portal.Tests.Accounts;

// The site that they stand on, as the room's README shows it.
public sealed partial class ExtensionPointsTests
{
    public sealed class Site : IAsyncLifetime
    {
        public PortalHost Host { get; private set; } = null!;

        internal QueueMailer Mailer { get; } = new();

        internal SearchIndex Index { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Host = await PortalHost.StartAsync(options =>
            {
                options.Settings["Profiles:Fields:0:Name"] = "full_name";
                options.Settings["Profiles:Fields:0:Label"] = "Full name";
                options.Settings["Profiles:Fields:1:Name"] = "orcid";
                options.Settings["Profiles:Fields:1:Label"] = "ORCID";
                options.Settings["Profiles:Fields:1:MaxLength"] = "19";
                options.ConfigureServices = services =>
                {
                    services.AddSingleton<IEmailDomainRule, PartnersOnly>();
                    services.AddSingleton<ICaptchaVerifier, Riddle>();
                    services.AddSingleton<IAccountMailer>(Mailer);
                    services.AddSingleton<ISignInField, HouseNumber>();
                    services.AddSingleton<IPasswordRule, NoPlanets>();
                    services.AddSingleton<IPasswordRule, NoFables>();
                    services.AddSingleton<SearchIndex>();
                    services.AddSingleton<IAccountChangeSubscriber>(provider => provider.GetRequiredService<SearchIndex>());
                };
            });
            Index = Host.Get<SearchIndex>();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private sealed class PartnersOnly : IEmailDomainRule
    {
        public const string Sentence = "Use the address of your institute.";

        public string? Refuse(string email, string domain) => domain.EndsWith(".example", StringComparison.Ordinal) ? null : Sentence;
    }

    private sealed class Riddle : ICaptchaVerifier
    {
        public const string Asked = "Who are you?";

        public bool IsRequired => true;

        public string? Question => Asked;

        public CaptchaWidgetInfo? Widget => null;

        public Task<CaptchaOutcome> VerifyAsync(string? response, string action, IPAddress? remoteAddress, CancellationToken cancellationToken) =>
            Task.FromResult<CaptchaOutcome>(response switch
            {
                null or "" => new CaptchaOutcome.Missing(),
                "a person" => new CaptchaOutcome.Passed(),
                _ => new CaptchaOutcome.Refused(),
            });
    }

    private sealed class HouseNumber : ISignInField
    {
        public const string Sentence = "Give the number that stands at the door.";

        public string Name => "house_number";

        public string Label => "Number of your house";

        public ValueTask<string?> RefuseAsync(string? value, string login, CancellationToken cancellationToken) =>
            ValueTask.FromResult(value == "7" ? null : Sentence);
    }

    private sealed class NoPlanets : IPasswordRule
    {
        public const string Sentence = "Leave the planets out of it.";

        public ValueTask<string?> RefuseAsync(string password, PasswordContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(password.Contains("Neptune", StringComparison.Ordinal) ? Sentence : null);
    }

    /// <summary>As one that asks elsewhere does, it answers later.</summary>
    private sealed class NoFables : IPasswordRule
    {
        public const string Sentence = "Leave the fables out of it.";

        public async ValueTask<string?> RefuseAsync(string password, PasswordContext context, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return password.Contains("Narnia", StringComparison.Ordinal) ? Sentence : null;
        }
    }

    /// <summary>Tells besides of each person it read again: the address, or null for one who is gone.</summary>
    internal sealed class SearchIndex(IUserAdmin users) : IAccountChangeSubscriber
    {
        private readonly Channel<(long Id, string? Email)> _read = Channel.CreateUnbounded<(long, string?)>();

        public ConcurrentDictionary<long, string> Addresses { get; } = [];

        public ChannelReader<(long Id, string? Email)> Read => _read.Reader;

        public async Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
        {
            foreach (var change in changes.Where(change => change.Subject is AccountChangeSubject.User))
            {
                if (await users.FindAsync(change.Id.ToString(CultureInfo.InvariantCulture), cancellationToken) is { } user)
                {
                    Addresses[user.Id] = user.Email;
                }
                else
                {
                    Addresses.TryRemove(change.Id, out _);
                }

                _read.Writer.TryWrite((change.Id, Addresses.GetValueOrDefault(change.Id)));
            }
        }
    }

    internal sealed class QueueMailer : IAccountMailer
    {
        private readonly Channel<MimeMessage> sent = Channel.CreateUnbounded<MimeMessage>();

        public ChannelReader<MimeMessage> Sent => sent.Reader;

        public Task<MailOutcome> SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            sent.Writer.TryWrite(message);
            return Task.FromResult<MailOutcome>(new MailOutcome.Taken());
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Testing;
using Portal.Tests.House;

namespace Portal.Tests.Accounts;

// The site that they stand on: the samples and settings of the room's README, as they stand there.
public sealed partial class ExtensionPointsTests
{
    public sealed class Site : IAsyncLifetime
    {
        public PortalHost Host { get; private set; } = null!;

        /// <summary>The page that hears.</summary>
        internal Type DoorSign { get; private set; } = null!;

        internal ChannelReader<MimeMessage> Sent => Shown<ChannelReader<MimeMessage>>(Host.Get<IAccountMailer>(), "Sent");

        internal ReadAgain Index => Host.Services.GetServices<IAccountChangeSubscriber>().OfType<ReadAgain>().Single();

        public async ValueTask InitializeAsync()
        {
            Host = await PortalHost.StartAsync(options =>
            {
                foreach (var (key, value) in DocumentedSamples.SettingsOf(DocumentedSamples.Extensions))
                {
                    options.Settings[key] = value;
                }

                options.ConfigureServices = services =>
                {
                    DoorSign = DocumentedSamples.Of(DocumentedSamples.Extensions).Run(services).GetType("DoorSign")!;
                    services.AddSingleton<IPasswordRule, NoFables>();
                    var index = services.Last(service => service.ServiceType == typeof(IAccountChangeSubscriber));
                    services.Remove(index);
                    services.AddSingleton<IAccountChangeSubscriber>(provider =>
                        new ReadAgain((IAccountChangeSubscriber)ActivatorUtilities.CreateInstance(provider, index.ImplementationType!)));
                };
            });
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
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

    /// <summary>Tells of each person whom the index read again: the address, or null for one who is gone.</summary>
    internal sealed class ReadAgain(IAccountChangeSubscriber index) : IAccountChangeSubscriber
    {
        private readonly Channel<(long Id, string? Email)> told = Channel.CreateUnbounded<(long, string?)>();

        public ChannelReader<(long Id, string? Email)> Told => told.Reader;

        public async Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken)
        {
            await index.HandleAsync(changes, cancellationToken);
            foreach (var change in changes.Where(change => change.Subject is AccountChangeSubject.User))
            {
                told.Writer.TryWrite((change.Id, Shown<ConcurrentDictionary<long, string>>(index, "Addresses").GetValueOrDefault(change.Id)));
            }
        }
    }

    /// <summary>What a sample shows: its type is known to no compiler here.</summary>
    private static T Shown<T>(object sample, string property) => (T)sample.GetType().GetProperty(property)!.GetValue(sample)!;
}

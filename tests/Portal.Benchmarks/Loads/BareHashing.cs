using Microsoft.Extensions.Options;
using Portal.Accounts.Passwords;

namespace Portal.Benchmarks.Loads;

/// <summary>How many passwords this machine could verify if it did nothing else.</summary>
internal static class BareHashing
{
    private const string Password = "lanterns drift over Utrecht";

    /// <summary>With the shipped number of rounds, on every core.</summary>
    public static double PerSecond(TimeSpan duration)
    {
        var hashing = new PasswordHashing(Options.Create(new PasswordsOptions()));
        var hash = hashing.Hash(Password);
        var done = 0;
        var started = TimeProvider.System.GetTimestamp();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (TimeProvider.System.GetElapsedTime(started) < duration)
            {
                hashing.Verify(hash, Password);
                Interlocked.Increment(ref done);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return done / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}

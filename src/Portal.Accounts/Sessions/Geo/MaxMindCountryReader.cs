using System.Net;
using System.Net.Sockets;
using MaxMind.Db;
using MaxMind.GeoIP2;
using Microsoft.Extensions.Logging;

namespace Portal.Accounts.Sessions.Geo;

/// <summary>Looks countries up in a database of MaxMind's format, held in memory.</summary>
/// <remarks>
/// In memory rather than mapped: a file that is overwritten in place while mapped can end the process. A country
/// database takes about 10 MB. The reader is immutable after its construction, and so safe on several threads.
/// </remarks>
internal sealed partial class MaxMindCountryReader(string path, ILogger<MaxMindCountryReader> logger) : ICountryReader, IDisposable
{
    private readonly DatabaseReader? _database = Open(path, logger);
    private bool _complained;

    public static bool Supports(DatabaseReader database) => HoldsCountries(database) || HoldsCities(database);

    public string? Read(IPAddress? address)
    {
        if (address is null || _database is null)
        {
            return null;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (SpecialAddresses.Contains(plain)
            || (plain.AddressFamily is AddressFamily.InterNetworkV6 && _database.Metadata.IPVersion == 4))
        {
            return null;
        }

        try
        {
            return Checked(IsoCodeOf(_database, plain));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A damaged record makes the parser throw almost anything; nobody is kept from signing in for want of a country.
            // Once is enough: where one record is damaged many are, and the remedy is the same.
            if (!Interlocked.Exchange(ref _complained, true))
            {
                Log.RecordUnreadable(logger, exception, path);
            }

            return null;
        }
    }

    public void Dispose() => _database?.Dispose();

    private static bool HoldsCountries(DatabaseReader database) => database.Metadata.DatabaseType.Contains("Country", StringComparison.Ordinal);

    private static bool HoldsCities(DatabaseReader database) => database.Metadata.DatabaseType.Contains("City", StringComparison.Ordinal);

    private static string? Checked(string? isoCode) =>
        isoCode is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second) ? isoCode.ToUpperInvariant() : null;

    private static DatabaseReader? Open(string path, ILogger logger)
    {
        try
        {
            return new DatabaseReader(path, FileAccessMode.Memory);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It was readable at the start; the first session may come much later, and must not fail for this.
            Log.DatabaseUnreadable(logger, exception, path);
            return null;
        }
    }

    private static string? IsoCodeOf(DatabaseReader database, IPAddress address)
    {
        if (HoldsCountries(database))
        {
            return database.TryCountry(address, out var country) ? country?.Country.IsoCode : null;
        }

        return database.TryCity(address, out var city) ? city?.Country.IsoCode : null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The country database {Path} can no longer be read; countries stay unknown until the next start.")]
        public static partial void DatabaseUnreadable(ILogger logger, Exception exception, string path);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The country database {Path} has a record that cannot be read; such addresses count as unknown. Replace the file. Said once.")]
        public static partial void RecordUnreadable(ILogger logger, Exception exception, string path);
    }
}

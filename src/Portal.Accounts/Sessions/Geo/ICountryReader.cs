using System.Net;

namespace Portal.Accounts.Sessions.Geo;

/// <summary>Tells the country an address is used in. Approximate by nature: a hint for people, nothing to decide on.</summary>
internal interface ICountryReader
{
    /// <summary>
    /// The country, ISO 3166-1 alpha-2 in upper case (<c>CH</c>); null for no address, a private or special one, one
    /// that is not listed, or where no database is configured. Never throws; safe to call from several threads.
    /// </summary>
    string? Read(IPAddress? address);
}

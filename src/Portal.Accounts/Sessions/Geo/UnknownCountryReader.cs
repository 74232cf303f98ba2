using System.Net;

namespace Portal.Accounts.Sessions.Geo;

/// <summary>Serves where no database is configured: the country stays unknown.</summary>
internal sealed class UnknownCountryReader : ICountryReader
{
    public string? Read(IPAddress? address) => null;
}

using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Sessions;

/// <summary>From where a request comes, for the log of security events.</summary>
internal sealed class OriginReader(ICountryReader countries)
{
    public AuditOrigin Read(HttpContext http)
    {
        var agent = AgentReader.Read(http.Request.Headers);
        return Read(http.Connection.RemoteIpAddress) with { Browser = agent.Browser, Os = agent.Os };
    }

    /// <summary>Where only the address is known.</summary>
    public AuditOrigin Read(IPAddress? address) => new(TextOf(address), countries.Read(address), Browser: null, Os: null);

    /// <summary>An address as it is stored: one that IPv6 merely wraps is written as what it is.</summary>
    public static string? TextOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}

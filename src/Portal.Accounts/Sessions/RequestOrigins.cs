using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Sessions;

/// <summary>From where a request comes, as sessions, security events and mails tell it.</summary>
internal sealed class RequestOrigins(ICountryReader countries)
{
    public AuditOrigin Of(HttpContext http)
    {
        var agent = AgentReader.Read(http.Request.Headers);
        return Of(http.Connection.RemoteIpAddress) with { Browser = agent.Browser, Os = agent.Os };
    }

    /// <summary>Where only the address is known. One that IPv6 merely wraps is written as what it is.</summary>
    public AuditOrigin Of(IPAddress? address) => new(
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(), countries.Read(address), Browser: null, Os: null);
}

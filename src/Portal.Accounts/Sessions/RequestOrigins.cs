using System.Net;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Accounts.Sessions;

/// <summary>From where a request comes, as sessions, security events and mails tell it.</summary>
internal sealed class RequestOrigins(ICountryReader countries)
{
    public AuditOrigin Of(HttpContext http) => Of(http.Connection.RemoteIpAddress, AgentReader.Read(http.Request.Headers));

    /// <summary>The same of what a door was given of a request.</summary>
    public AuditOrigin Of(IPAddress? address, AgentInfo? agent) => new(
        (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
        countries.Read(address),
        agent?.Browser,
        agent?.Os);
}

using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Portal.Accounts.Sessions;

/// <summary>Tickets as they rest in the rows: readable with the data-protection keys alone.</summary>
internal sealed class SessionTickets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Sessions.Ticket");

    public byte[] Protect(AuthenticationTicket ticket) => protector.Protect(TicketSerializer.Default.Serialize(ticket));

    /// <summary>Null when the keys were replaced: nobody can read the ticket any more, so nobody is signed in by it.</summary>
    public AuthenticationTicket? Unprotect(byte[] ticket)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(protector.Unprotect(ticket));
        }
        catch (Exception exception) when (exception is CryptographicException or IOException)
        {
            return null;
        }
    }
}

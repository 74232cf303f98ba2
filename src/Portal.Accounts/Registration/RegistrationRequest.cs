using System.Net;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Registration;

/// <summary>What somebody who registers typed.</summary>
public sealed record RegistrationRequest
{
    /// <summary>The address, as typed.</summary>
    public required string Email { get; init; }

    /// <summary>A username; null or empty for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The password, as typed.</summary>
    public required string Password { get; init; }

    /// <summary>The captcha's answer; null when none was shown.</summary>
    public string? Captcha { get; init; }

    /// <summary>Where the request came from.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The program it came from; null when unknown. Shown to whoever opens the confirmation mail.</summary>
    public AgentInfo? Agent { get; init; }
}

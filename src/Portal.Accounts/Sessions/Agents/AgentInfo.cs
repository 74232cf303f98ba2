using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// What a request says about the program that sent it: a claim that anyone can forge, good for recognising one's own
/// device and for nothing that guards it.
/// </summary>
/// <param name="Browser">
/// Family, such as <c>Firefox</c>, <c>curl</c> or <c>Googlebot</c>; <see cref="Unknown"/> when it could not be told.
/// From a fixed list, at most 40 characters: no text of the client is in it.
/// </param>
/// <param name="BrowserVersion">Major version, 1 to 5 digits; null when it could not be told.</param>
/// <param name="Os">
/// System, such as <c>Windows</c> or <c>iPadOS</c>, without version; <see cref="Unknown"/> when it could not be told,
/// and for bots, which only pretend. From a fixed list, at most 40 characters.
/// </param>
/// <param name="Device">Kind of device.</param>
public sealed record AgentInfo(string Browser, string? BrowserVersion, string Os, DeviceClass Device)
{
    /// <summary>Stands in <see cref="Browser"/> and <see cref="Os"/> for what could not be told.</summary>
    public const string Unknown = "Unknown";

    /// <summary>Reads <c>User-Agent</c> and the client hints of a request. Never throws; what cannot be told is <see cref="Unknown"/>.</summary>
    /// <param name="headers">The request's.</param>
    public static AgentInfo Of(IHeaderDictionary headers) => AgentReader.Read(headers);

    /// <summary>
    /// Browser and system in words, without version: "Firefox on Linux", "Unknown browser on Windows", "Safari on an
    /// unknown system". A bot is its name alone, and so is a tool that does not state its system: "curl".
    /// </summary>
    public string Describe()
    {
        if (Device is DeviceClass.Bot || (Device is DeviceClass.Tool && Os is Unknown))
        {
            return Browser;
        }

        return $"{(Browser is Unknown ? "Unknown browser" : Browser)} on {(Os is Unknown ? "an unknown system" : Os)}";
    }
}

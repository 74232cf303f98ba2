using System.Text.Json;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>A device that keeps passkeys for a tab: Chromium's own imitation, which verifies its person and says yes by itself unless told otherwise.</summary>
internal sealed class Authenticator(ICDPSession devTools, string id)
{
    public static async Task<Authenticator> AttachAsync(IPage tab)
    {
        var devTools = await tab.Context.NewCDPSessionAsync(tab);
        await devTools.SendAsync("WebAuthn.enable");
        var added = await devTools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(devTools, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Whether its person touches it when it asks.</summary>
    public Task SayYesAsync(bool does) => devTools.SendAsync("WebAuthn.setAutomaticPresenceSimulation", new() { ["authenticatorId"] = id, ["enabled"] = does });

    /// <summary>Whether it recognises its person; who is not recognised has cancelled for all that the page can tell.</summary>
    public Task RecogniseAsync(bool does) => devTools.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = does });

    /// <summary>How many passkeys it keeps.</summary>
    public async Task<int> CountAsync()
    {
        var kept = await devTools.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id });
        return kept!.Value.GetProperty("credentials").GetArrayLength();
    }

    /// <summary>Puts what it keeps into the device of another tab.</summary>
    public async Task CopyToAsync(Authenticator other)
    {
        var kept = await devTools.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id });
        foreach (var credential in kept!.Value.GetProperty("credentials").EnumerateArray())
        {
            await other.AddAsync(credential);
        }
    }

    private Task AddAsync(JsonElement credential) => devTools.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = id, ["credential"] = credential });
}

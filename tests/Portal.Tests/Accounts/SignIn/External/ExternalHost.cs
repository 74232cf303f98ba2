using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>A portal with a real provider on loopback, which it knows under two names, and the way between them step by step.</summary>
public sealed class ExternalHost : IAsyncLifetime
{
    /// <summary>What most people use.</summary>
    public const string Scheme = "example";

    /// <summary>Another provider to the portal, though it happens to know the same people.</summary>
    public const string OtherScheme = "other";

    public LoopbackProvider Provider { get; private set; } = null!;

    public PortalHost Host { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Provider = await LoopbackProvider.StartAsync();
        Host = await StartPortalAsync();
        await Provider.AddClientAsync(Host.BaseAddress, Scheme, OtherScheme);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>Another portal with the same providers; the caller's to dispose of.</summary>
    public Task<PortalHost> StartPortalAsync(Action<PortalHostOptions>? configure = null) => PortalHost.StartAsync(options =>
    {
        Provider.AddTo(options.Settings, Scheme);
        Provider.AddTo(options.Settings, OtherScheme, "Other ID", 1);
        configure?.Invoke(options);
    });

    /// <summary>A person of the portal with an identity at the provider.</summary>
    public async Task<(TestUser User, ProviderPerson Person)> LinkedAsync(bool isActive = true, bool isConfirmed = true, PortalHost? host = null)
    {
        host ??= Host;
        var user = await host.CreateUserAsync(isActive: isActive, isConfirmed: isConfirmed);
        var person = new ProviderPerson($"subject-of-{user.Id}-{Guid.CreateVersion7():N}");
        await host.LinkAsync(user, person.Subject);
        return (user, person);
    }

    /// <summary>Presses "Continue with" on the sign-in page, and returns where the provider is asked.</summary>
    public static async Task<string> LeaveAsync(HttpClient browser, string scheme = Scheme, string path = "/login")
    {
        using var leaving = await PortalHost.PostFormAsync(browser, path, "external", [new("scheme", scheme)], Token);
        Assert.Equal(HttpStatusCode.OK, leaving.StatusCode);
        return Assert.Single(leaving.Headers.GetValues("Refresh"))["0;url=".Length..];
    }

    /// <summary>Goes to the provider as somebody, and returns the address on the portal to which it sends them back.</summary>
    public async Task<string> VisitAsync(string url, ProviderPerson person)
    {
        Provider.Person = person;
        using var outside = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await outside.GetAsync(url, Token);
        return answer.Headers.Location?.PathAndQuery ?? throw new InvalidOperationException($"The provider answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Token)}");
    }

    /// <summary>Comes back from the provider, and returns where it ends: the last redirect.</summary>
    public static async Task<string> ReturnAsync(HttpClient browser, string callback)
    {
        using var back = await browser.GetAsync(callback, Token);
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        if (back.Headers.Location!.OriginalString != "/login/external/done")
        {
            return back.Headers.Location.OriginalString;
        }

        using var done = await browser.GetAsync(back.Headers.Location, Token);
        Assert.Equal(HttpStatusCode.Found, done.StatusCode);
        return done.Headers.Location!.OriginalString;
    }

    /// <summary>All of it.</summary>
    public async Task<string> SignInAsync(HttpClient browser, ProviderPerson person, string scheme = Scheme, string path = "/login") =>
        await ReturnAsync(browser, await VisitAsync(await LeaveAsync(browser, scheme, path), person));

    /// <summary>An ID token with other claims, signed anew.</summary>
    public string Resign(string token, Action<JsonObject> change, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var payload = JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();
        change(payload);
        return Sign(payload, key, algorithm);
    }

    /// <summary>A token of the provider's, whatever it says.</summary>
    public string Sign(JsonObject payload, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256, string type = "JWT") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            payload.ToJsonString(JsonSerializerOptions.Default), new SigningCredentials(key ?? Provider.Key, algorithm), new Dictionary<string, object> { ["typ"] = type });
}

internal static class ExternalHostInside
{
    /// <summary>Gives a user an identity, past the provider.</summary>
    public static Task<int> LinkAsync(this PortalHost host, TestUser user, string subject, string scheme = ExternalHost.Scheme) => host.QueryAsync(context =>
    {
        context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = scheme, ProviderKey = subject, ProviderDisplayName = "Example ID" });
        return context.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    public static Task<List<UserIdentity>> IdentitiesOfAsync(this PortalHost host, long userId) => host.QueryAsync(context =>
        context.UserLogins.AsNoTracking().Where(row => row.UserId == userId).OrderBy(row => row.LoginProvider).ToListAsync(TestContext.Current.CancellationToken));
}

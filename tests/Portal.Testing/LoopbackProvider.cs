using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Portal.Testing;

/// <summary>An OpenID Connect provider of its own on a free port of this machine: OpenIddict, with one person at a time.</summary>
/// <remarks>
/// It asks nobody for a password: whoever comes is <see cref="Person"/>. Start it, give its <see cref="AddTo"/> to a
/// <see cref="PortalHost"/>, then tell it of that portal by <see cref="AddClientAsync"/>.
/// </remarks>
public sealed class LoopbackProvider : IAsyncDisposable
{
    private const string ClientId = "portal";

    private readonly SqliteConnection database = new("Data Source=:memory:");
    private readonly RSA key = RSA.Create(2048);
    private readonly WebApplication app;

    private LoopbackProvider()
    {
        database.Open();
        Key = new RsaSecurityKey(key) { KeyId = "provider" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        Register(builder.Services);
        app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.MapMethods("/authorize", ["GET", "POST"], AuthorizeAsync);
    }

    /// <summary>The provider's issuer.</summary>
    public Uri Authority { get; private set; } = null!;

    /// <summary>The secret that the portal has there.</summary>
    public string ClientSecret { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The key pair it signs with, so that tests can sign what it never would.</summary>
    public SecurityKey Key { get; }

    /// <summary>Who comes.</summary>
    public ProviderPerson Person { get; set; } = new("subject");

    /// <summary>Whether it refuses, as if the person had said no.</summary>
    public bool IsDenying { get; set; }

    /// <summary>Whether it shows a page that the person has to press a button on. Default false: it answers at once.</summary>
    public bool IsAsking { get; set; }

    /// <summary>What becomes of an ID token on its way out; null for nothing.</summary>
    public Func<string, string>? Tamper { get; set; }

    /// <summary>What it was asked for last, by name.</summary>
    public IReadOnlyDictionary<string, string> LastRequest { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Starts one.</summary>
    public static async Task<LoopbackProvider> StartAsync()
    {
        var provider = new LoopbackProvider();
        await using (var scope = provider.app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<ProviderDbContext>().Database.EnsureCreatedAsync();
        }

        await provider.app.StartAsync();
        provider.Authority = new Uri(provider.app.Urls.First());
        return provider;
    }

    /// <summary>Makes it one of a portal's providers.</summary>
    /// <param name="settings">The portal's.</param>
    /// <param name="scheme">What the portal calls it in addresses.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="index">Which of the providers it is.</param>
    public void AddTo(IDictionary<string, string?> settings, string scheme = "example", string name = "Example ID", int index = 0)
    {
        var section = string.Create(CultureInfo.InvariantCulture, $"ExternalProviders:{index}:");
        settings[section + "Scheme"] = scheme;
        settings[section + "DisplayName"] = name;
        settings[section + "Authority"] = Authority.ToString();
        settings[section + "ClientId"] = ClientId;
        settings[section + "ClientSecret"] = ClientSecret;
    }

    /// <summary>Lets a portal ask it: knows its secret and where to send people back to.</summary>
    public async Task AddClientAsync(Uri portal, params IReadOnlyList<string> schemes)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code,
                Permissions.Scopes.Email, Permissions.Scopes.Profile,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        foreach (var scheme in schemes)
        {
            client.RedirectUris.Add(new Uri(portal, $"/signin-{scheme}"));
        }

        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(client);
    }

    /// <summary>What it sends a portal when a session of somebody's is over.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="session">Which; null for all.</param>
    public string LogoutToken(string subject, string? session = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Dictionary<string, object> claims = new()
        {
            ["iss"] = Authority.ToString(),
            ["aud"] = ClientId,
            ["sub"] = subject,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.CreateVersion7().ToString(),
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
        };
        if (session is not null)
        {
            claims["sid"] = session;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims), new SigningCredentials(Key, SecurityAlgorithms.RsaSha256), new Dictionary<string, object> { ["typ"] = "logout+jwt" });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
        key.Dispose();
    }

    private void Register(IServiceCollection services)
    {
        services.AddDbContext<ProviderDbContext>(options => options.UseSqlite(database).UseOpenIddict());
        services.AddAuthentication();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<ProviderDbContext>())
            .AddServer(server =>
            {
                server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo");
                server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.RegisterScopes(Scopes.Email, Scopes.Profile);
                // Not an ephemeral pair: its 4096 bits may take longer to be found than a portal waits for an answer.
                server.AddSigningKey(Key).AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
                server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
                server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
                {
                    if (Tamper is { } tamper && context.Response.IdToken is { } token)
                    {
                        context.Response.IdToken = tamper(token);
                    }

                    return default;
                }));
            });
    }

    private IResult AuthorizeAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        LastRequest = request.GetParameters().ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString() ?? "");
        if (IsDenying)
        {
            return Results.Forbid(
                new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied }),
                [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        }

        if (IsAsking && !http.Request.Query.ContainsKey("go"))
        {
            var here = System.Net.WebUtility.HtmlEncode($"{http.Request.Path}{http.Request.QueryString}&go=yes");
            return Results.Content($"<!DOCTYPE html><html lang=en><title>Example ID</title><link rel=icon href=\"data:,\"><main><h1>Example ID</h1><a id=go href=\"{here}\">I am {Person.Subject}</a></main>", "text/html");
        }

        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Person.Subject);
        if (Person.Email is { } email)
        {
            identity.SetClaim(Claims.Email, email).SetClaim(Claims.EmailVerified, Person.IsEmailVerified);
        }

        if (Person.Methods is { } methods)
        {
            identity.SetClaims("amr", [.. methods]);
        }

        if (Person.AuthenticatedAt is { } at)
        {
            identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        }

        if (Person.Session is { } session)
        {
            identity.SetClaim("sid", session);
        }

        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.IdentityToken, Destinations.AccessToken]);
        return Results.SignIn(new ClaimsPrincipal(identity), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private sealed class ProviderDbContext(DbContextOptions<ProviderDbContext> options) : DbContext(options);
}

/// <summary>Somebody at a <see cref="LoopbackProvider"/>.</summary>
/// <param name="Subject">Who they are there.</param>
public sealed record ProviderPerson(string Subject)
{
    /// <summary>Their address; null for none.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider says that it is theirs.</summary>
    public bool IsEmailVerified { get; init; }

    /// <summary>How they proved themselves, RFC 8176 values; null where it does not say.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>When; null where it does not say.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The provider's session; null where it does not say.</summary>
    public string? Session { get; init; }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.SignIn.External;

/// <summary>What happens on the way to a provider and back. A failure is a sentence on a page of ours, never an error of the server.</summary>
internal sealed partial class ProviderEvents(
    FailedProviderSignIns failures, IOptions<PortalOptions> portal, ILogger<ProviderEvents> logger) : OpenIdConnectEvents
{
    private const string Denied = "access_denied";

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        // From the settings: a Host header must not choose where the code goes.
        context.ProtocolMessage.RedirectUri = portal.Value.AbsoluteUrl(ExternalSchemes.CallbackOf(context.Scheme.Name));
        return Task.CompletedTask;
    }

    /// <summary>An address comes from one place together with the word whether it is theirs: from the token, else from the provider's answer about the person.</summary>
    public override Task UserInformationReceived(UserInformationReceivedContext context)
    {
        if (context.Principal?.Identity is ClaimsIdentity said && !said.HasClaim(claim => claim.Type == "email"))
        {
            foreach (var stray in said.FindAll("email_verified").ToList())
            {
                said.RemoveClaim(stray);
            }

            foreach (var name in new[] { "email", "email_verified" })
            {
                if (context.User.RootElement.TryGetProperty(name, out var value))
                {
                    said.AddClaim(new Claim(name, value.ToString()));
                }
            }
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        context.Principal = ExternalProof.Trim(context.Principal!);
        if (!context.Principal.HasClaim(claim => claim.Type == "sub"))
        {
            Log.Failed(logger, context.Scheme.Name, ExternalRefusal.Failed, "a subject that is missing or too long", null);
            await RefuseAsync(context, context.Properties, ExternalRefusal.Failed);
        }
    }

    public override async Task RemoteFailure(RemoteFailureContext context)
    {
        var error = context.Failure?.Data["error"] as string;
        var why = error is Denied ? ExternalRefusal.Denied
            // Without a readable state, its cookie, or its time.
            : context.Properties is null || context.Failure?.Message == "Correlation failed." ? ExternalRefusal.Expired
            : context.Failure is HttpRequestException or TaskCanceledException or IOException ? ExternalRefusal.Unreachable
            : ExternalRefusal.Failed;
        Log.Failed(logger, context.Scheme.Name, why, context.Failure?.GetType().Name, error);
        await RefuseAsync(context, context.Properties, why);
    }

    public override async Task AccessDenied(AccessDeniedContext context)
    {
        Log.Failed(logger, context.Scheme.Name, ExternalRefusal.Denied, null, Denied);
        await RefuseAsync(context, context.Properties, ExternalRefusal.Denied);
    }

    private async Task RefuseAsync(HandleRequestContext<RemoteAuthenticationOptions> context, AuthenticationProperties? properties, ExternalRefusal why)
    {
        context.HandleResponse();
        context.Response.Redirect(WordsOn(why, properties));
        await failures.NoteAsync(context.HttpContext, ExternalProof.PurposeOf(properties), why);
    }

    private static string WordsOn(ExternalRefusal why, AuthenticationProperties? properties) => PortalLinks.ExternalRefused(
        ExternalProof.PurposeOf(properties) switch
        {
            ExternalPurpose.Link => PortalLinks.Identities,
            ExternalPurpose.Confirm => PortalLinks.LinkIdentity,
            _ => PortalLinks.SignIn,
        },
        why.ToName());

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Somebody came back from {Scheme} without a proof: {Failure} ({Exception}, {Error}).")]
        public static partial void Failed(ILogger logger, string scheme, ExternalRefusal failure, string? exception, string? error);
    }
}

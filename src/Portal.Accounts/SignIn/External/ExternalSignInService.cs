using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

internal sealed partial class ExternalSignInService(
    IDbContextFactory<PortalDbContext> contexts,
    FirstProof first,
    ExternalConfirmation confirmation,
    ExternalLinks links,
    RecentAuthentication recent,
    FailedProviderSignIns failures,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<AccountsOptions> accounts,
    TimeProvider time,
    ILogger<ExternalSignInService> logger) : IExternalSignInService
{
    public async Task<ExternalDeparture> LeaveAsync(HttpContext http, string? scheme, ExternalPurpose purpose, string? returnUrl, bool endOthers)
    {
        http.DemandResponse();
        if (providers.Value.Find(scheme) is not { } provider)
        {
            return new ExternalDeparture.NoSuchProvider();
        }

        if (purpose is not ExternalPurpose.SignIn && await RefuseAsync(http, purpose) is { } why)
        {
            return new ExternalDeparture.Refused(why);
        }

        var asked = ExternalProof.Ask(provider.Scheme, purpose, ExternalSchemes.DonePath, returnUrl, http.User.SessionId(), endOthers);
        if (purpose is not ExternalPurpose.SignIn)
        {
            // Whoever sits at an open browser must not be proved by a session that the provider still has.
            asked.SetParameter(OpenIdConnectChallengeProperties.MaxAgeKey, TimeSpan.Zero);
        }

        try
        {
            await http.ChallengeAsync(provider.Scheme, asked);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or TaskCanceledException or IOException)
        {
            // Its metadata could not be had.
            Log.Unreachable(logger, provider.Scheme, exception);
            return new ExternalDeparture.Refused(ExternalRefusal.Unreachable);
        }

        var url = http.Response.Headers.Location.ToString();
        http.Response.Headers.Remove(HeaderNames.Location);
        http.Response.StatusCode = StatusCodes.Status200OK;
        return new ExternalDeparture.To(url, provider.DisplayName);
    }

    public async Task<ExternalOutcome> ArriveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (await ExternalProof.OfAsync(http) is not { } proof)
        {
            return await RefuseAsync(http, ExternalPurpose.SignIn, ExternalRefusal.Expired);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var userId = proof.Purpose is ExternalPurpose.SignIn ? await FindUserIdAsync(context, proof, cancellationToken) : null;
        if (proof.Purpose is ExternalPurpose.SignIn && userId is null && accounts.Value.Registration)
        {
            // It is still needed: registering takes it.
            return new ExternalOutcome.Unknown(proof.ReturnUrl);
        }

        await http.SignOutAsync(ExternalSchemes.Proof);
        return !await proof.TakeAsync(context, time.GetUtcNow(), cancellationToken) ? await RefuseAsync(http, proof.Purpose, ExternalRefusal.Expired)
            : proof.Purpose switch
            {
                ExternalPurpose.Link => await links.LinkAsync(http, proof, cancellationToken),
                ExternalPurpose.Confirm => await confirmation.ConfirmAsync(http, proof, cancellationToken),
                _ => userId is { } known ? await SignInAsync(http, proof, known, cancellationToken) : await RefuseAsync(http, ExternalPurpose.SignIn, ExternalRefusal.NoAccount),
            };
    }

    /// <summary>Whose an identity is; null for nobody's.</summary>
    internal static Task<long?> FindUserIdAsync(PortalDbContext context, ExternalProof proof, CancellationToken cancellationToken) => context.UserLogins
        .Where(row => row.LoginProvider == proof.Provider && row.ProviderKey == proof.Subject)
        .Select(row => (long?)row.UserId)
        .SingleOrDefaultAsync(cancellationToken);

    /// <summary>What belongs to a session is for who is in it; a link changes the ways in, so it needs a recent proof as well.</summary>
    private async Task<ExternalRefusal?> RefuseAsync(HttpContext http, ExternalPurpose purpose)
    {
        if (SessionAsker.Of(http.User) is not { } asker || http.User.IsImpersonated())
        {
            return ExternalRefusal.OtherSession;
        }

        await using var context = await contexts.CreateDbContextAsync(http.RequestAborted);
        return purpose is ExternalPurpose.Link && !await recent.IsRecentAsync(context, asker, http.RequestAborted) ? ExternalRefusal.NotRecent : null;
    }

    private async Task<ExternalOutcome> RefuseAsync(HttpContext http, ExternalPurpose purpose, ExternalRefusal why)
    {
        await failures.NoteAsync(http, purpose, why);
        return new ExternalOutcome.Refused(purpose, why);
    }

    private async Task<ExternalOutcome> SignInAsync(HttpContext http, ExternalProof proof, long userId, CancellationToken cancellationToken) =>
        await first.ContinueAsync(http, proof.For(userId), cancellationToken) switch
        {
            SignInOutcome.Succeeded => new ExternalOutcome.SignedIn(proof.ReturnUrl),
            SignInOutcome.NeedsSecondFactor => new ExternalOutcome.NeedsSecondFactor(proof.ReturnUrl),
            SignInOutcome.Full => new ExternalOutcome.Full(proof.ReturnUrl),
            SignInOutcome.NeedsConfirmation => new ExternalOutcome.Refused(ExternalPurpose.SignIn, ExternalRefusal.Unconfirmed),
            _ => new ExternalOutcome.Refused(ExternalPurpose.SignIn, ExternalRefusal.Inactive),
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The provider {Scheme} cannot be reached.")]
        public static partial void Unreachable(ILogger logger, string scheme, Exception exception);
    }
}

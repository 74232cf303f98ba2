using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;

namespace Portal.Testing;

// Second factors.
public sealed partial class PortalHost
{
    /// <summary>Gives a user an authenticator app and recovery codes, straight in the store, past proof and mails.</summary>
    /// <param name="user">Who; has none yet.</param>
    /// <returns>The app, and the codes as their person got them.</returns>
    public async Task<(TestAuthenticator App, IReadOnlyList<string> RecoveryCodes)> AddSecondFactorAsync(TestUser user)
    {
        var key = Totp.NewKey();
        var (codes, rows) = await Services.GetRequiredService<RecoveryCodes>().MakeAsync(user.Id, CancellationToken.None);
        await using var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await Services.GetRequiredService<Authenticators>().AddAsync(context, user.Id, key, lastStep: 0, CancellationToken.None);
        context.RecoveryCodes.AddRange(rows);
        await context.SaveChangesAsync();
        return (new TestAuthenticator(key), codes);
    }

    /// <summary>Gives the second factor, as a person does whose password was right.</summary>
    /// <param name="client">The browser, in which a sign-in waits.</param>
    /// <param name="code">What the app shows.</param>
    /// <param name="trust">Whether "Trust this browser" is ticked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer to the form: a redirect when it worked.</returns>
    public static Task<HttpResponseMessage> GiveCodeAsync(HttpClient client, string code, bool trust = false, CancellationToken cancellationToken = default) =>
        PostFormAsync(
            client, "/login/two-factor", "two-factor",
            trust ? [new("Input.Code", code), new("Input.TrustBrowser", "true")] : [new("Input.Code", code)], cancellationToken);

    /// <summary>Gives a recovery code in place of the app's.</summary>
    public static Task<HttpResponseMessage> GiveRecoveryCodeAsync(HttpClient client, string code, CancellationToken cancellationToken = default) =>
        PostFormAsync(client, "/login/recovery-code", "recovery-code", [new("Input.Code", code)], cancellationToken);
}

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

internal sealed class SetupService(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    AccountCreation creation,
    Administrators administrators,
    RequestOrigins origins,
    IOptions<PortalOptions> portal) : ISetupService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly FieldError Unusable = new("Token", "This link no longer works. Restart the portal to get a new one, if there is no administrator yet.");

    public async Task<string?> NewLinkAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.AdministratorIds.AnyAsync(cancellationToken))
        {
            return null;
        }

        var (secret, _) = await links.AddAsync(context, OneTimeTokenPurpose.Setup, userId: null, boundTo: null, Lifetime, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        return portal.Value.LinkUrl(PortalLinks.Setup, secret);
    }

    public async Task<bool> IsUsableAsync(string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.Setup, userId: null, token, cancellationToken) is OneTimeLinkStatus.Usable
            && !await context.AdministratorIds.AnyAsync(cancellationToken);
    }

    public async Task<bool> CanSomebodyAdministerAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await administrators.Able(context).AnyAsync(cancellationToken);
    }

    public Task<IReadOnlyList<FieldError>> CheckAsync(string? email, string? userName, string? password, CancellationToken cancellationToken) =>
        creation.CheckAsync(Administrator(email ?? "", userName, password ?? ""), cancellationToken);

    public async Task<AdminOutcome> CreateAdministratorAsync(
        HttpContext http, string token, string email, string? userName, string password, CancellationToken cancellationToken)
    {
        if (!await IsUsableAsync(token, cancellationToken))
        {
            return new AdminOutcome.Refused([Unusable]);
        }

        return await creation.CreateOwnAsync(
            Administrator(email, userName, password),
            origins.Of(http),
            async context =>
            {
                // Every start makes a link: all of them are taken first, so that of two used at once the second waits here
                // and then finds an administrator.
                await context.OneTimeTokens.Where(row => row.Purpose == OneTimeTokenPurpose.Setup)
                    .ExecuteUpdateAsync(row => row.SetProperty(link => link.BoundTo, (string?)null), cancellationToken);
                return await links.UseAsync(context, OneTimeTokenPurpose.Setup, userId: null, boundTo: null, token, cancellationToken)
                    && !await context.AdministratorIds.AnyAsync(cancellationToken) ? null : Unusable;
            },
            cancellationToken);
    }

    private static NewUser Administrator(string email, string? userName, string password) => new()
    {
        Email = email,
        UserName = userName,
        Password = password,
        IsActive = true,
        IsConfirmed = true,
        Roles = [RoleNames.Administrator],
    };
}

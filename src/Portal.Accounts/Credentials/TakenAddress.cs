using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>
/// Somebody registers with an address that has an account: its owner is written to, and the one who registers learns nothing,
/// neither by the time it takes nor by the numbers that later accounts get (OWASP ASVS 6.3.8).
/// </summary>
internal sealed class TakenAddress(
    OneTimeLinks links, Outbox outbox, TimeProvider time, IOptions<AccountsOptions> accounts, IOptions<PortalOptions> portal)
{
    /// <summary>Adds the mail for the owner, and the work of making the account in vain, to the caller's transaction.</summary>
    /// <param name="context">The caller's, in a transaction.</param>
    /// <param name="users">The caller's, on the same context.</param>
    /// <param name="user">Who would be made; their address is another afterwards.</param>
    /// <param name="owner">Who has the address.</param>
    /// <param name="origin">From where it was tried.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task TellOwnerAsync(
        PortalDbContext context, UserManager<User> users, User user, User owner, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await MakeForNothingAsync(context, users, user, cancellationToken);
        await links.AddForNobodyAsync(context, OneTimeTokenPurpose.ConfirmEmail, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.AlreadyRegistered(
            owner.Email!, owner.Id, owner.UserName, portal.Value.AbsoluteUrl(PortalLinks.SignIn),
            portal.Value.RecoveryUrl(accounts.Value), origin.ToOccasion(time.GetUtcNow())), cancellationToken);
    }

    /// <summary>Under an address of the same domain that nobody has, taken back at once but for its number.</summary>
    private async Task MakeForNothingAsync(PortalDbContext context, UserManager<User> users, User user, CancellationToken cancellationToken)
    {
        const string Before = "BeforeAccount";
        var transaction = context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, cancellationToken);
        user.Email = string.Create(CultureInfo.InvariantCulture, $"{Guid.CreateVersion7():N}{user.Email![user.Email!.LastIndexOf('@')..]}");
        UserDefaults.Apply(user, accounts.Value, time.GetUtcNow());
        try
        {
            await users.CreateAsync(user);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Somebody took the name since it was checked: there was work all the same.
        }

        await transaction.RollbackToSavepointAsync(Before, cancellationToken);
        await context.SpendNumberAsync("Users", user.Id, cancellationToken);
        context.Entry(user).State = EntityState.Detached;
    }
}

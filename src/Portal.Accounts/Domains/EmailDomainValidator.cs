using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Domains;

/// <summary>Refuses malformed addresses and blocked domains on every way in: Identity asks it whenever a user is created or changed.</summary>
internal sealed class EmailDomainValidator(PortalDbContext context, IEnumerable<IEmailDomainRule> rules) : IUserValidator<User>
{
    public const string MalformedCode = "InvalidEmail";
    public const string BlockedCode = "BlockedDomain";

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        if (!EmailAddress.TryParse(user.Email, out var address))
        {
            return Refused(MalformedCode, EmailDomainRules.NoAddress(user.Email));
        }

        user.Domain = address.Domain;
        // An address already accepted stays: blocking a domain acts on its people by itself.
        var entry = context.Entry(user);
        var isNew = entry.State is EntityState.Detached or EntityState.Added || entry.Property(row => row.Email).IsModified;
        if (!isNew)
        {
            return IdentityResult.Success;
        }

        var reason = await EmailDomainRules.StatusOfAsync(context, address.Domain, CancellationToken.None) is EmailDomainStatus.Blocked
            ? EmailDomainRules.BlockedMessage
            : rules.Select(rule => rule.Refuse(address.Value, address.Domain)).FirstOrDefault(refusal => refusal is not null);
        return reason is null ? IdentityResult.Success : Refused(BlockedCode, reason);
    }

    private static IdentityResult Refused(string code, string description) =>
        IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}

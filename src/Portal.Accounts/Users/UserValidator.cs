using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>Usernames follow the settings' rules; names and addresses belong to one user, whatever their case.</summary>
internal sealed class UserValidator(PortalDbContext context, IOptions<AccountsOptions> options) : IUserValidator<User>
{
    public const string UserNameCode = "InvalidUserName";
    public const string UserNameTakenCode = "DuplicateUserName";
    public const string EmailTakenCode = "DuplicateEmail";

    /// <summary>Names that could pass for the portal itself.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "administrator", "root", "system", "support", "security", "postmaster", "webmaster", "hostmaster", "noreply", "no-reply", "portal", "api", "account",
    };

    private readonly Regex pattern = new($"^(?:{options.Value.UserNamePattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        List<IdentityError> errors = [];
        if (user.UserName is { } name)
        {
            if (name.Length > PortalDbContext.Lengths.Name || !pattern.IsMatch(name))
            {
                errors.Add(new IdentityError { Code = UserNameCode, Description = options.Value.UserNameRules });
            }
            else if (Reserved.Contains(name))
            {
                errors.Add(new IdentityError { Code = UserNameCode, Description = "This username is reserved. Choose another." });
            }
            else if (manager.NormalizeName(name) is var normalized
                && await context.Users.AnyAsync(other => other.NormalizedUserName == normalized && other.Id != user.Id))
            {
                errors.Add(new IdentityError { Code = UserNameTakenCode, Description = "This username is taken. Choose another." });
            }
        }

        if (user.Email is { } email
            && manager.NormalizeEmail(email) is var normalizedEmail
            && await context.Users.AnyAsync(other => other.NormalizedEmail == normalizedEmail && other.Id != user.Id))
        {
            errors.Add(new IdentityError { Code = EmailTakenCode, Description = "Another account has this address." });
        }

        return errors.Count > 0 ? IdentityResult.Failed([.. errors]) : IdentityResult.Success;
    }
}

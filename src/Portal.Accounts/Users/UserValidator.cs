using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>Usernames follow the settings' rules; names and addresses belong to one user, whatever their case.</summary>
internal sealed class UserValidator(PortalDbContext context, UserNameRules rules) : IUserValidator<User>
{
    public const string UserNameCode = "InvalidUserName";
    public const string UserNameTakenCode = "DuplicateUserName";
    public const string EmailTakenCode = "DuplicateEmail";

    /// <summary>What a user is refused for, at the input it is about.</summary>
    public static FieldError FaultOf(IdentityError error) =>
        new(error.Code is UserNameCode or UserNameTakenCode ? "UserName" : "Email", error.Description) { IsTaken = error.Code is UserNameTakenCode or EmailTakenCode };

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        List<IdentityError> errors = [];
        if (user.UserName is { } name)
        {
            if (rules.Fault(name) is { } fault)
            {
                errors.Add(new IdentityError { Code = UserNameCode, Description = fault });
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

using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Passwords;

/// <summary>
/// What Identity's own services find when they hash. Works on the calling thread, because Identity's interface does
/// not wait; the rooms above verify through <see cref="HashingQueue"/> and hand Identity the finished hash.
/// </summary>
internal sealed class IdentityPasswordHasher<TUser>(PasswordHashing hashing) : IPasswordHasher<TUser>
    where TUser : class
{
    public string HashPassword(TUser user, string password) => hashing.Hash(password);

    public PasswordVerificationResult VerifyHashedPassword(TUser user, string hashedPassword, string providedPassword) =>
        hashing.Verify(hashedPassword, providedPassword);
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Passkeys;

/// <summary>A person as the framework's rules for passkeys see them: by their handle, never by their id.</summary>
/// <param name="UserId">Whose account.</param>
/// <param name="Handle">See <see cref="User.PasskeyHandle"/>.</param>
/// <param name="Name">What the password manager shows: the address.</param>
/// <param name="DisplayName">What it shows beside it.</param>
/// <param name="Rows">All of theirs.</param>
internal sealed record PasskeyOwner(long UserId, string Handle, string Name, string DisplayName, IReadOnlyList<UserPasskey> Rows)
{
    /// <summary>Null when there is no such person, or they never had a passkey.</summary>
    public static async Task<PasskeyOwner?> FindAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        var user = await context.Users.AsNoTracking().Where(row => row.Id == userId)
            .Select(row => new { row.PasskeyHandle, row.Email, row.UserName, row.Profile })
            .SingleOrDefaultAsync(cancellationToken);
        return user is not { PasskeyHandle: { } handle }
            ? null
            : new PasskeyOwner(
                userId,
                handle,
                user.Email!,
                ProfileText.FullName(user.Profile) is { Length: > 0 } name ? name : user.UserName ?? user.Email!,
                await context.UserPasskeys.AsNoTracking().Where(row => row.UserId == userId).ToListAsync(cancellationToken));
    }

    /// <summary>The framework's rules, for this person alone.</summary>
    public PasskeyHandler<PasskeyOwner> Handler(IOptions<IdentityPasskeyOptions> options) => new(
        new UserManager<PasskeyOwner>(new Store(this), null!, null!, [], [], null!, new IdentityErrorDescriber(), null!, null!),
        options);

    private IList<UserPasskeyInfo> Infos() => [.. Rows.Select(InfoOf)];

    private static UserPasskeyInfo InfoOf(UserPasskey row) => new(
        row.CredentialId,
        row.Data.PublicKey,
        row.Data.CreatedAt,
        // The counter is looked at where it is written, behind the person's row: two answers at once must not both pass.
        signCount: 0,
        row.Data.Transports,
        row.Data.IsUserVerified,
        row.Data.IsBackupEligible,
        row.Data.IsBackedUp,
        row.Data.AttestationObject,
        row.Data.ClientDataJson);

    /// <summary>Answers from memory: the rows were read before, and are written after.</summary>
    private sealed class Store(PasskeyOwner owner) : IUserPasskeyStore<PasskeyOwner>
    {
        public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
            Task.FromResult(userId == owner.Handle ? owner : null);

        public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

        public Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
            Task.FromResult(owner.Rows.Any(row => row.CredentialId.AsSpan().SequenceEqual(credentialId)) ? owner : null);

        public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) =>
            Task.FromResult(user.Rows.FirstOrDefault(row => row.CredentialId.AsSpan().SequenceEqual(credentialId)) is { } row ? InfoOf(row) : null);

        public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Infos());

        public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

        public Task AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Written();

        public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw Written();

        public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw Written();

        public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Written();

        public Task SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) => throw Written();

        public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Written();

        public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Written();

        public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Written();

        public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Written();

        public void Dispose()
        {
        }

        private static NotSupportedException Written() => new("Passkeys are written by the rooms that own them, in their transactions.");
    }
}

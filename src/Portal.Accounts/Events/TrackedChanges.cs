using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Portal.Accounts.Data;

namespace Portal.Accounts.Events;

/// <summary>What a context is about to save, as far as it matters to those who keep copies.</summary>
internal static class TrackedChanges
{
    /// <summary>Secrets and bookkeeping: nobody keeps a copy of them.</summary>
    private static readonly HashSet<string> Unseen =
    [
        nameof(User.PasswordHash), nameof(User.SecurityStamp), nameof(User.ConcurrencyStamp), nameof(User.UpdatedAt), nameof(User.NewEmail),
        nameof(User.AccessFailedCount), nameof(User.LockoutEnd), nameof(User.LockoutEnabled),
    ];

    /// <summary>Each as a question to be asked after saving, when new rows have their numbers.</summary>
    public static IReadOnlyList<Func<AccountChange>> Of(DbContext context) =>
        [.. context.ChangeTracker.Entries().Select(Of).OfType<Func<AccountChange>>()];

    private static Func<AccountChange>? Of(EntityEntry entry) => entry.Entity switch
    {
        User user => KindOf(entry) is { } kind ? () => new(AccountChangeSubject.User, user.Id, kind) : null,
        Role role => KindOf(entry) is { } kind ? () => new(AccountChangeSubject.Role, role.Id, kind) : null,
        EmailDomain domain => KindOf(entry) is { } kind ? () => new(AccountChangeSubject.Domain, domain.Id, kind) : null,
        // A person's roles and picture are part of them.
        IdentityUserRole<long> member => Changes(entry, () => member.UserId),
        UserPicture picture => Changes(entry, () => picture.UserId),
        _ => null,
    };

    private static Func<AccountChange>? Changes(EntityEntry entry, Func<long> userId) =>
        KindOf(entry) is null ? null : () => new(AccountChangeSubject.User, userId(), AccountChangeKind.Changed);

    private static AccountChangeKind? KindOf(EntityEntry entry) => entry.State switch
    {
        EntityState.Added => AccountChangeKind.Created,
        EntityState.Deleted => AccountChangeKind.Deleted,
        EntityState.Modified when entry.Properties.Any(IsReal) => AccountChangeKind.Changed,
        _ => null,
    };

    /// <summary>Identity marks every column as modified, whatever it says.</summary>
    private static bool IsReal(PropertyEntry property) => property.IsModified
        && !Unseen.Contains(property.Metadata.Name)
        && !property.Metadata.GetValueComparer().Equals(property.OriginalValue, property.CurrentValue);
}

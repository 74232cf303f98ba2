using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>How a user signs in, in the answer of <c>users show</c>.</summary>
internal sealed record SignInRow(
    bool Invited, string? NewEmail, bool HasPassword, DateTimeOffset? SecondFactorSince, int RecoveryCodesLeft, IReadOnlyList<SignInRow.Passkey> Passkeys, IReadOnlyList<string> Providers)
{
    public static SignInRow Of(UserDetails found) => new(
        found.IsInvited, found.NewEmail, found.HasPassword, found.AppSince, found.RecoveryCodesLeft,
        [.. found.Passkeys.Select(passkey => new Passkey(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt))],
        found.Providers);

    internal sealed record Passkey(string Id, string Name, DateTimeOffset Created, DateTimeOffset? LastUsed);
}

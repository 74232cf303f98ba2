using Portal.Accounts.Data;
using Portal.Accounts.Passwords;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>The codes a person may give as a second factor: six digits are the app's, anything else is a recovery code.</summary>
internal sealed class FactorCodes(Authenticators authenticators, RecoveryCodes recovery, FactorChanges changes)
{
    /// <summary>What was typed, if it is right and unused; null otherwise. Spaces do not matter.</summary>
    /// <exception cref="HashingQueueFullException">Too many people are at it.</exception>
    public async Task<FoundCode?> FindAsync(PortalDbContext context, long userId, string code, CancellationToken cancellationToken)
    {
        var plain = string.Concat(code.Where(letter => !char.IsWhiteSpace(letter)));
        return IsOfApp(plain)
            ? await authenticators.FindStepAsync(context, userId, plain, cancellationToken) is { } step ? new FoundCode.OfApp(step) : null
            : await recovery.FindAsync(context, userId, plain, cancellationToken) is { } rowId ? new FoundCode.OnPaper(rowId) : null;
    }

    /// <summary>Spends it in the transaction of what it was given for. False, with nothing changed, when another was quicker.</summary>
    public async Task<bool> SpendAsync(PortalDbContext context, UserSession session, FoundCode found, CancellationToken cancellationToken)
    {
        switch (found)
        {
            case FoundCode.OfApp app:
                return await Authenticators.SpendAsync(context, session.UserId, app.Step, cancellationToken);
            case FoundCode.OnPaper paper when await recovery.SpendAsync(context, paper.RowId, cancellationToken):
                await Authenticators.ForgiveAsync(context, session.UserId, cancellationToken);
                await changes.AddUseAsync(context, session, await RecoveryCodes.CountLeftAsync(context, session.UserId, cancellationToken), cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private static bool IsOfApp(string code) => code.Length == Totp.Digits && code.All(char.IsAsciiDigit);
}

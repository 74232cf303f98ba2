namespace Portal.Accounts.Administration;

/// <summary>What can be done with many users, as commands and requests name it: as they name what is done with one.</summary>
public static class BulkActionNames
{
    private static readonly Dictionary<string, BulkAction> Actions = new()
    {
        ["activate"] = BulkAction.Activate,
        ["deactivate"] = BulkAction.Deactivate,
        ["block"] = BulkAction.Block,
        ["verify"] = BulkAction.Verify,
        ["confirm-email"] = BulkAction.Confirm,
        ["reset-password"] = BulkAction.SendReset,
        ["give-role"] = BulkAction.GiveRole,
        ["take-role"] = BulkAction.TakeRole,
    };

    /// <summary>Every name.</summary>
    public static IReadOnlyCollection<string> All => Actions.Keys;

    /// <summary>The action of that exact name; null for any other text.</summary>
    public static BulkAction? FromName(string name) => Actions.TryGetValue(name, out var action) ? action : null;
}

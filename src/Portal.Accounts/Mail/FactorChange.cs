namespace Portal.Accounts.Mail;

/// <summary>What changed about how somebody proves who they are, besides their password.</summary>
public enum FactorChange
{
    /// <summary>An authenticator app was added.</summary>
    AppAdded,

    /// <summary>It was removed by its person.</summary>
    AppRemoved,

    /// <summary>It was removed by an administrator, because it was lost.</summary>
    AppRemovedByAdministrator,

    /// <summary>The same, and the password with it, which was shorter than one may be without an app.</summary>
    AppAndPasswordRemovedByAdministrator,

    /// <summary>New recovery codes were made; the former ones are void.</summary>
    RecoveryCodesRenewed,
}

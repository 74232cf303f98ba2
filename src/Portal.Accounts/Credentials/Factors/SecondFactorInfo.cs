namespace Portal.Accounts.Credentials.Factors;

/// <summary>A person's second factor.</summary>
/// <param name="AppSince">Since when an authenticator app is asked for; null for none.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are unused.</param>
/// <param name="TrustedBrowsers">The browsers that are not asked, the latest first.</param>
public sealed record SecondFactorInfo(DateTimeOffset? AppSince, int RecoveryCodesLeft, IReadOnlyList<TrustedBrowserInfo> TrustedBrowsers)
{
    /// <summary>Whether an authenticator app is asked for.</summary>
    public bool HasApp => AppSince is not null;

    /// <summary>Whether it is time for new recovery codes: three or fewer are left.</summary>
    public bool AreCodesFew => HasApp && RecoveryCodesLeft <= RecoveryCodes.Few;
}

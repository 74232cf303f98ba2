namespace Portal.Accounts.Data;

/// <summary>What a one-time link is for. Numbers are stored: never renumber.</summary>
internal enum OneTimeTokenPurpose
{
    ConfirmEmail = 1,
    ResetPassword = 2,
    Setup = 3,
}

namespace Portal.Accounts.Transfer;

/// <summary>How a file of users is written.</summary>
public enum TransferFormat
{
    /// <summary>One JSON object a line, UTF-8: users, and before them roles and domains.</summary>
    JsonLines,

    /// <summary>One user a record (RFC 4180), UTF-8, the first record naming the columns. Roles and domains have no place in it.</summary>
    Csv,
}

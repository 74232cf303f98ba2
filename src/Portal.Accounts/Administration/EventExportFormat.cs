namespace Portal.Accounts.Administration;

/// <summary>How exported security events are written. Names in addresses: <c>csv</c>, <c>jsonl</c>.</summary>
public enum EventExportFormat
{
    /// <summary>Comma-separated values (RFC 4180) with a line of headings, UTF-8. A cell that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    Csv,

    /// <summary>JSON Lines: one object a line, UTF-8.</summary>
    JsonLines,
}

using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>A page of the outbox, the newest first, and how many mails there are in each state over all pages.</summary>
/// <param name="Page">The page.</param>
/// <param name="ByState">How many in each state.</param>
public sealed record MailList(ListPage<MailInfo> Page, IReadOnlyDictionary<OutboxMailState, ListTotal> ByState);

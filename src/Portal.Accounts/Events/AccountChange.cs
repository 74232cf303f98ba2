namespace Portal.Accounts.Events;

/// <summary>A change that was committed, as told to an <see cref="IAccountChangeSubscriber"/>. It says that, not what: read again.</summary>
/// <param name="Subject">Of what kind it is.</param>
/// <param name="Id">Its number; of users, roles and domains each their own.</param>
/// <param name="Kind">What became of it.</param>
public sealed record AccountChange(AccountChangeSubject Subject, long Id, AccountChangeKind Kind);

namespace Portal.Accounts.Administration;

/// <summary>What a batch would do if it began now. No more than <see cref="ListTotal.Most"/> people are looked at; where more are selected, all but their number tells of those first ones.</summary>
public sealed record BulkPreview
{
    /// <summary>What the whole of it would be refused with, its role or reason; null where it may begin, as far as the operator may.</summary>
    public AdminOutcome? WhyNot { get; init; }

    /// <summary>How many people are selected.</summary>
    public required ListTotal Selected { get; init; }

    /// <summary>For how many of them something would change; not exact where only the first ones were looked at, and then it may be none of those.</summary>
    public required ListTotal Changing { get; init; }

    /// <summary>For how many nothing would, because it is so already; of a link for a new password, because they may not sign in.</summary>
    public required ListTotal AlreadySo { get; init; }

    /// <summary>
    /// For how many it would be refused: who is activated or confirmed for the first time, because their e-mail domain is blocked;
    /// who is sent a link for a new password, because recovery is off.
    /// </summary>
    public ListTotal Refused { get; init; }

    /// <summary>Whether the operator is among them and would be left out.</summary>
    public bool SkipsYourself { get; init; }

    /// <summary>Whether the last administrator is among them and would be left out.</summary>
    public bool SkipsLastAdministrator { get; init; }

    /// <summary>How many live sessions would end.</summary>
    public ListTotal EndingSessions { get; init; }

    /// <summary>How many of the people for whom something changes have a page open now.</summary>
    public int OnlineNow { get; init; }
}

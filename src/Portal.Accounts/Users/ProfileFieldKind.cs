namespace Portal.Accounts.Users;

/// <summary>What a profile field holds, and so how it is asked for.</summary>
public enum ProfileFieldKind
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    LongText,

    /// <summary>A whole web address, http or https.</summary>
    Url,

    /// <summary>A day, as <c>2001-12-31</c> (ISO 8601).</summary>
    Date,

    /// <summary>One of the field's choices.</summary>
    Choice,
}

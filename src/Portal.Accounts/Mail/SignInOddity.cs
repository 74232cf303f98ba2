namespace Portal.Accounts.Mail;

/// <summary>What sets a sign-in apart from a person's others.</summary>
public enum SignInOddity
{
    /// <summary>The account had not been used in that browser before.</summary>
    Browser,

    /// <summary>The account had not been used from that country lately.</summary>
    Country,

    /// <summary>It was the first in more than 90 days.</summary>
    LongWhile,

    /// <summary>At least five attempts had failed since the one before.</summary>
    Failures,
}

namespace Portal.Accounts.Data;

/// <summary>A person's authenticator app: the second factor that every sign-in by password asks for. At most one a person.</summary>
internal sealed class Authenticator
{
    public long UserId { get; set; }

    /// <summary>The key it shares with the app, protected with the data-protection keys.</summary>
    public required byte[] Key { get; set; }

    /// <summary>The last step of time whose code was taken: no code of it or of an earlier one is taken again (RFC 6238, section 5.2).</summary>
    public long LastStep { get; set; }

    /// <summary>Wrong codes since the last right one, from wherever they came.</summary>
    public int FailedInARow { get; set; }

    /// <summary>When its first code proved that the app has the key.</summary>
    public DateTimeOffset ConfirmedAt { get; set; }
}

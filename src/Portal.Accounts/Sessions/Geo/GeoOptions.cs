namespace Portal.Accounts.Sessions.Geo;

/// <summary>Where countries of addresses are looked up; section <c>Geo</c>.</summary>
public sealed class GeoOptions
{
    internal const string Section = "Geo";

    /// <summary>
    /// A country or city database in MaxMind's format (GeoLite2, GeoIP2, DB-IP). Default empty: the country of a
    /// session stays unknown. When set and not readable as such a database the start stops. It is read into memory at
    /// the first use; a newer file counts from the next start.
    /// </summary>
    public string DatabasePath { get; set; } = "";
}

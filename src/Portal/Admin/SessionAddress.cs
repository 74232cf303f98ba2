using Portal.Accounts.Administration;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>What the address of the list of sessions says, and how.</summary>
internal static class SessionAddress
{
    public const string User = "user";
    public const string Ip = "ip";
    public const string Country = "country";
    public const string Browser = "browser";
    public const string System = "system";
    public const string Since = "since";

    /// <summary>One of <see cref="Online"/> and <see cref="Acting"/>.</summary>
    public const string Show = "show";

    public const string Online = "online";
    public const string Acting = "acting";

    public static readonly IReadOnlyList<string> Fields = [User, Ip, Country, Browser, System, Since];

    /// <summary>Whether all that it says can be read. What cannot would narrow to nothing, and the list be everybody's.</summary>
    public static bool IsUnderstood(ListAddress address) =>
        (address[Since] is null || IsoMoment.Read(address[Since]) is not null) && address[Show] is null or Online or Acting;

    /// <summary>What cannot be read counts as not said.</summary>
    public static SessionSearch SearchOf(ListAddress address) => new()
    {
        User = Text(address[User]),
        Ip = Text(address[Ip]),
        Country = Text(address[Country])?.ToUpperInvariant(),
        Browser = Text(address[Browser]),
        Os = Text(address[System]),
        IsOnline = address[Show] == Online,
        IsImpersonation = address[Show] == Acting,
        Since = IsoMoment.Read(address[Since]),
    };

    /// <summary>How many conditions narrow the list.</summary>
    public static int CountOf(ListAddress address)
    {
        var search = SearchOf(address);
        return new[]
        {
            search.User is not null, search.Ip is not null, search.Country is not null, search.Browser is not null, search.Os is not null,
            search.IsOnline, search.IsImpersonation, search.Since is not null,
        }.Count(isInForce => isInForce);
    }

    private static string? Text(string? said) => string.IsNullOrWhiteSpace(said) ? null : said.Trim();
}

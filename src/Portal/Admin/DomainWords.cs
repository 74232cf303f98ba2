using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>E-mail domains in words.</summary>
internal static class DomainWords
{
    /// <summary>Of a block, whether pressed for the first time or again.</summary>
    private const string GoesOnByItself =
        "Within a day of the decision, while it stands, the portal goes on by itself once an hour, but not with people about whom something was decided since.";

    public static string Of(string status) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(status);

    public static string? ToneOf(string status) => status switch
    {
        "verified" => "good",
        "blocked" => "bad",
        "new" => "warn",
        _ => null,
    };

    public static string MeaningOf(string status) => status switch
    {
        "new" => "Nobody has looked at it yet. People may register.",
        "moderated" => "Somebody has looked at it. People may register.",
        "verified" => "Trusted: who confirms an address of it is verified.",
        _ => "Refused: nobody registers with an address of it, and its people are blocked.",
    };

    public static string PathOf(OrganisationInfo organisation) => string.Join(" / ", organisation.Path);

    /// <summary>What blocking would do: "Blocks 9 people and ends 14 sessions of 5 of them, 2 of them online now."</summary>
    public static string OfBlocking(string domain, DomainEffect effect)
    {
        var refused = $"Addresses of {domain} and its subdomains are refused from now on.";
        return effect switch
        {
            { People: 0 } => $"{refused} Nobody has one yet.",
            { Sessions.Count: 0 } => $"{refused} Blocks {People(effect.People)}; none of them is signed in.",
            _ => $"{refused} Blocks {People(effect.People)} and ends {SessionCounts.Sessions(effect.Sessions)} of {(effect.Sessions.IsExact ? People(effect.PeopleSignedIn) : "many people")}, {(effect.PeopleOnline == 0 ? "none" : effect.PeopleOnline.ToString("N0", CultureInfo.CurrentCulture))} of them online now.",
        };
    }

    public static string OfVerifying(string domain, DomainEffect effect) =>
        $"Who confirms an address of {domain} or its subdomains is verified from now on. {(effect.People == 0 ? "Nobody else is verified by it." : $"Verifies {People(effect.People)} who confirmed one already.")}";

    /// <summary>While its people follow what was decided: "200 of 9,000 people are blocked. It goes on if you leave this page."</summary>
    public static string Progress(string status, long followed, long people) => $"{Reached(status, followed, people)} It goes on if you leave this page.";

    /// <summary>"Stopped: 200 of 9,000 people are blocked." And how to go on.</summary>
    public static string Stopped(string status, long followed, long people) =>
        $"Stopped: {Reached(status, followed, people)} To go on, press {(status == "blocked" ? $"Block again. {GoesOnByItself}" : "Verify again.")}";

    /// <summary>Of a blocked domain.</summary>
    public static string NotBlocked(long count) =>
        $"{People(count)} of it {(count == 1 ? "is" : "are")} not blocked: still to follow, or let in again by an operator. To block them too, press Block again. {GoesOnByItself}";

    /// <summary>How many there were was counted before: by now there may be more.</summary>
    private static string Reached(string status, long followed, long people) => followed <= people
        ? string.Create(CultureInfo.CurrentCulture, $"{followed:N0} of {People(people)} {(people == 1 ? "is" : "are")} {status}.")
        : $"{People(followed)} are {status}.";

    public static string People(long count) => count == 1 ? "1 person" : string.Create(CultureInfo.CurrentCulture, $"{count:N0} people");

    public static string Sessions(int count) => count == 1 ? "1 session" : string.Create(CultureInfo.CurrentCulture, $"{count:N0} sessions");
}

using static Portal.Accounts.Sessions.Agents.DeviceClass;

namespace Portal.Accounts.Sessions.Agents;

/// <summary>Systems by what browsers write about them. The first line that applies wins: those that also say "Android" or "Linux" stand above these.</summary>
internal static class SystemTable
{
    public static readonly SystemRule[] Systems =
    [
        new("Windows Phone", "Windows Phone", Phone, Phone),
        new("Xbox", "Xbox", DeviceClass.Console, DeviceClass.Console, Family: "Windows"),
        new("PlayStation", "PlayStation", DeviceClass.Console, DeviceClass.Console),
        new("Nintendo", "Nintendo", DeviceClass.Console, DeviceClass.Console),
        new("HarmonyOS", "HarmonyOS", Tablet, Phone, Family: "Android"),
        new("OpenHarmony", "HarmonyOS", Tablet, Phone, Family: "Android"),
        new("KAIOS", "KaiOS", Phone, Phone),
        new("Tizen", "Tizen", Television, Phone, Family: "Linux"),
        new("Web0S", "webOS", Television, Television, Family: "Linux"),
        new("webOS", "webOS", Television, Television, Family: "Linux"),
        new("Roku", "Roku OS", Television, Television),
        new("AppleTV", "tvOS", Television, Television),
        new("Apple TV", "tvOS", Television, Television),
        new("tvOS", "tvOS", Television, Television),
        new("CrOS", "ChromeOS", Desktop, Desktop),
        new("iPad", "iPadOS", Tablet, Tablet),
        new("iPhone", "iOS", Phone, Phone),
        new("iPod", "iOS", Phone, Phone),
        new("Ubuntu", "Ubuntu", Desktop, Phone, Family: "Linux"),
        new("Fedora", "Fedora", Desktop, Phone, Family: "Linux"),
        new("Sailfish", "Sailfish OS", Phone, Phone, Family: "Linux"),
        new("Android", "Android", Tablet, Phone),
        new("PlayBook", "BlackBerry", Tablet, Tablet),
        new("BlackBerry", "BlackBerry", Phone, Phone),
        new("BB10", "BlackBerry", Phone, Phone),
        new("SymbianOS", "Symbian", Phone, Phone),
        new("Symbian", "Symbian", Phone, Phone),
        new("J2ME", "Java ME", Phone, Phone),
        // An iPad asks for desktop pages and calls itself a Macintosh; these words exist on no real one.
        new("Macintosh", "iPadOS", Tablet, Tablet, Also: "Mobile/"),
        new("Macintosh", "iPadOS", Tablet, Tablet, Also: "CriOS/"),
        new("Macintosh", "iPadOS", Tablet, Tablet, Also: "FxiOS/"),
        new("Macintosh", "iPadOS", Tablet, Tablet, Also: "EdgiOS/"),
        new("Macintosh", "macOS", Desktop, Desktop),
        new("Mac OS X", "macOS", Desktop, Desktop),
        new("apple-darwin", "macOS", Desktop, Desktop),
        new("Windows", "Windows", Desktop, Desktop),
        new("FreeBSD", "FreeBSD", Desktop, Desktop),
        new("OpenBSD", "OpenBSD", Desktop, Desktop),
        new("NetBSD", "NetBSD", Desktop, Desktop),
        new("SunOS", "Solaris", Desktop, Desktop),
        new("Haiku", "Haiku", Desktop, Desktop),
        new("Fuchsia", "Fuchsia", Unknown, Phone),
        new("Linux", "Linux", Desktop, Phone),
    ];

    private static readonly string[] _televisions =
    [
        "SMART-TV", "SmartTV", "Smart TV", "GoogleTV", "Google TV", "Android TV", "HbbTV", "BRAVIA", "CrKey", "NetCast",
        "Viera", "DTV", "MiTV", "MiBOX", "Nexus Player", "TV Safari",
    ];

    private static readonly SystemRule _unknown = new("", AgentInfo.Unknown, Unknown, Phone);

    /// <summary>The system, by its own word in the client hints where that is known and says at least as much as the user agent.</summary>
    public static SystemRule Find(AgentText text, string? hinted)
    {
        SystemRule? told = null;
        foreach (var rule in Systems)
        {
            if (rule.AppliesTo(text))
            {
                told = rule;
                break;
            }
        }

        var name = hinted switch
        {
            null => null,
            "Chrome OS" or "Chromium OS" => "ChromeOS",
            "Mac OS X" => "macOS",
            _ => hinted,
        };
        return told is not null && (name == told.Name || name == told.Family)
            ? told
            : Array.Find(Systems, rule => rule.Name == name) ?? told ?? _unknown;
    }

    /// <summary>The kind of device a browser runs on.</summary>
    public static DeviceClass DeviceOf(AgentText text, SystemRule system, bool? hintedMobile)
    {
        if (system.Device is DeviceClass.Console)
        {
            return DeviceClass.Console;
        }

        // Amazon's sticks give a model and no word for television: AFTMM, AFTKA.
        if (text.Contains("; AFT") || HasAny(text, _televisions))
        {
            return Television;
        }

        if (hintedMobile ?? (text.Has("Mobile") || text.Has("Opera Mini/") || text.Has("Opera Mobi/") || text.Has("Dalvik/")))
        {
            return system.WhenMobile;
        }

        // Leaving out "mobile" means a tablet only where leaving it in is the habit: in browsers.
        var isBrowser = hintedMobile is false || text.Has("AppleWebKit/") || text.Has("Gecko/") || text.Has("Tablet");
        return system.Name == "Android" && !isBrowser ? Unknown : system.Device;
    }

    private static bool HasAny(AgentText text, string[] markers)
    {
        foreach (var marker in markers)
        {
            if (text.Has(marker))
            {
                return true;
            }
        }

        return false;
    }
}

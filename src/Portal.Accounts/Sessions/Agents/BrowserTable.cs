namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// Browsers by what they write into the user agent. Nearly all of them repeat the names of those they want to be taken
/// for (Edge says Chrome and Safari), so the order is the knowledge: imitators above the imitated.
/// </summary>
internal static class BrowserTable
{
    public const string Chrome = "Chrome";
    public const string Edge = "Edge";
    public const string Chromium = "Chromium";
    public const string InApp = "In-app browser";

    /// <summary>Apps that show pages in an engine of the system. Client hints name the engine, so these words win over them.</summary>
    public static readonly AgentRule[] Apps =
    [
        new("MessengerForiOS", "Messenger app", VersionMarker: "FBAV/"),
        new("Orca-Android", "Messenger app", VersionMarker: "FBAV/"),
        new("FBAN/", "Facebook app", VersionMarker: "FBAV/"),
        new("FB_IAB/", "Facebook app", VersionMarker: "FBAV/"),
        new("Instagram", "Instagram app", VersionMarker: "Instagram "),
        new("musical_ly", "TikTok app"),
        new("BytedanceWebview/", "TikTok app", VersionMarker: "app_version/"),
        new("MicroMessenger/", "WeChat"),
        new("Weibo", "Weibo"),
        new("AlipayClient/", "Alipay"),
        new("QQ/", "QQ"),
        new("Line/", "LINE"),
        new("KAKAOTALK", "KakaoTalk"),
        new("Snapchat", "Snapchat app", VersionMarker: "Snapchat/"),
        new("Pinterest", "Pinterest app"),
        new("LinkedInApp", "LinkedIn app"),
        new("Twitter for", "X app"),
        new("TwitterAndroid", "X app"),
        new("GSA/", "Google app"),
        new("Teams/", "Microsoft Teams"),
        new("Slack/", "Slack"),
        new("Slack_SSB/", "Slack"),
        new("Discord/", "Discord"),
        new("Electron/", "Electron"),
    ];

    public static readonly AgentRule[] Browsers =
    [
        new("NintendoBrowser/", "Nintendo Browser"),
        new("NF/", "Nintendo Browser", Also: "Nintendo"),
        new("PlayStation", "PlayStation Browser", VersionMarker: "NetFront/"),
        new("KAIOS", "KaiOS Browser"),

        new("Opera Mini/", "Opera Mini"),
        new("OPiOS/", "Opera Mini"),
        new("OPX/", "Opera GX"),
        new("OPR/", "Opera GX", Also: "GX"),
        new("OPR/", "Opera"),
        new("OPT/", "Opera Touch"),
        new("Opera/", "Opera", Also: "Version/", VersionMarker: "Version/"),
        new("Opera/", "Opera"),
        new("Opera", "Opera", VersionMarker: "Opera "),

        new("Vivaldi/", "Vivaldi"),
        new("YaBrowser/", "Yandex Browser"),
        new("Brave/", "Brave"),
        new("Brave Chrome/", "Brave"),
        new("SamsungBrowser/", "Samsung Internet"),
        new("UCBrowser/", "UC Browser"),
        new("UBrowser/", "UC Browser"),
        new("UCWEB", "UC Browser"),
        new("MiuiBrowser/", "MIUI Browser"),
        new("HuaweiBrowser/", "Huawei Browser"),
        new("HeyTapBrowser/", "HeyTap Browser"),
        new("VivoBrowser/", "Vivo Browser"),
        new("MQQBrowser/", "QQ Browser"),
        new("QQBrowser/", "QQ Browser"),
        new("Quark/", "Quark"),
        new("baiduboxapp/", "Baidu"),
        new("BIDUBrowser/", "Baidu"),
        new("MetaSr", "Sogou Explorer", VersionMarker: "MetaSr "),
        new("360SE", "360 Browser"),
        new("QihooBrowser/", "360 Browser"),
        new("Silk/", "Amazon Silk"),
        new("DuckDuckGo/", "DuckDuckGo"),
        new("Ddg/", "DuckDuckGo"),
        new("Whale/", "Whale"),
        new("coc_coc_browser/", "Coc Coc"),
        new("Maxthon", "Maxthon", VersionMarker: "Maxthon/"),
        new("Puffin/", "Puffin"),
        new("Avast/", "Avast Secure Browser"),
        new("AVG/", "AVG Secure Browser"),
        new("Ecosia", "Ecosia"),
        new("OculusBrowser/", "Meta Quest Browser"),

        new("EdgiOS/", Edge),
        new("EdgA/", Edge),
        new("Edg/", Edge),
        new("Edge/", Edge),

        new("Klar/", "Firefox Klar"),
        new("Focus/", "Firefox Focus"),
        new("FxiOS/", "Firefox"),
        new("SeaMonkey/", "SeaMonkey"),
        new("PaleMoon/", "Pale Moon"),
        new("Waterfox/", "Waterfox"),
        new("LibreWolf/", "LibreWolf"),
        new("Thunderbird/", "Thunderbird"),
        new("Firefox/", "Firefox"),

        new("IEMobile/", "Internet Explorer"),
        new("MSIE", "Internet Explorer", VersionMarker: "MSIE "),
        new("Trident/", "Internet Explorer", VersionMarker: "rv:"),

        new("CriOS/", Chrome),
        new("PhantomJS/", "PhantomJS"),
        new("Konqueror/", "Konqueror"),
        new("Falkon/", "Falkon"),
        new("Epiphany/", "GNOME Web"),
        new("Chromium/", Chromium),
        // Without a window it is still Chrome, and a script that has something to hide does not say "Headless".
        new("HeadlessChrome/", Chrome),
        new("wv", InApp, Also: "Chrome/", VersionMarker: "Chrome/"),
        new("Chrome/", Chrome),

        new("BB10", "BlackBerry Browser", VersionMarker: "Version/"),
        new("BlackBerry", "BlackBerry Browser", VersionMarker: "Version/"),
        new("PlayBook", "BlackBerry Browser", VersionMarker: "Version/"),
        new("NokiaBrowser/", "Nokia Browser"),
        new("Android", "Android Browser", Also: "Version/", VersionMarker: "Version/"),
        new("Safari/", "Safari", Also: "Version/", VersionMarker: "Version/"),
        // An app's own view on Apple's systems leaves out what Safari adds: "Version/" and "Safari/".
        new("AppleWebKit/", InApp, Also: "Mobile/", VersionMarker: "Version/"),
        new("AppleWebKit/", InApp, Also: "Macintosh", VersionMarker: "Version/"),

        new("Lynx/", "Lynx"),
        new("ELinks", "ELinks", VersionMarker: "ELinks/"),
        new("Links (", "Links"),
        new("w3m/", "w3m"),
        new("Dalvik", "App"),
        new("CFNetwork", "App"),
    ];
}

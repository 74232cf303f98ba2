using Portal.Accounts.Sessions.Agents;
using static Portal.Accounts.Sessions.Agents.DeviceClass;

namespace Portal.Tests.Accounts.Sessions.Agents;

/// <summary>User agents as they are seen in the wild, each with what a person would call it.</summary>
internal static class RealAgents
{
    private const string Win = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
    private const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
    private const string X11 = "Mozilla/5.0 (X11; Linux x86_64)";
    private const string Droid = "Mozilla/5.0 (Linux; Android 10; K)";
    private const string IPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X)";
    private const string IPad = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X)";
    private const string Blink = "AppleWebKit/537.36 (KHTML, like Gecko)";
    private const string WebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string? No = null;
    private const string Unk = AgentInfo.Unknown;

    public static TheoryData<string, string, string?, string, DeviceClass> Browsers => new()
    {
        // Chrome and its engine
        { $"{Win} {Blink} Chrome/140.0.0.0 Safari/537.36", "Chrome", "140", "Windows", Desktop },
        { $"{Mac} {Blink} Chrome/139.0.0.0 Safari/537.36", "Chrome", "139", "macOS", Desktop },
        { $"{X11} {Blink} Chrome/140.0.0.0 Safari/537.36", "Chrome", "140", "Linux", Desktop },
        { $"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {Blink} Chrome/138.0.0.0 Safari/537.36", "Chrome", "138", "ChromeOS", Desktop },
        { $"{Droid} {Blink} Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome", "140", "Android", Phone },
        { $"{Droid} {Blink} Chrome/140.0.0.0 Safari/537.36", "Chrome", "140", "Android", Tablet },
        { $"{IPhone} {WebKit} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1", "Chrome", "126", "iOS", Phone },
        { $"{IPad} {WebKit} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1", "Chrome", "126", "iPadOS", Tablet },
        { $"{Mac} {WebKit} CriOS/126 Version/11.1.1 Safari/605.1.15", "Chrome", "126", "iPadOS", Tablet },
        { $"{X11} {Blink} HeadlessChrome/141.0.7390.37 Safari/537.36", "Chrome", "141", "Linux", Desktop },
        { $"{X11} {Blink} Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36", "Chromium", "80", "Ubuntu", Desktop },
        { $"Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_20) {Blink} Chrome/120.0.0.0 Mobile Safari/537.36", "Chrome", "120", "Android", Phone },
        { $"Mozilla/5.0 (Linux; Ubuntu 20.04 like Android 9) {Blink} Chrome/87.0.4280.144 Mobile Safari/537.36", "Chrome", "87", "Ubuntu", Phone },
        { $"Mozilla/5.0 (X11; FreeBSD amd64) {Blink} Chrome/121.0.0.0 Safari/537.36", "Chrome", "121", "FreeBSD", Desktop },
        { $"Mozilla/5.0 (Fuchsia) {Blink} Chrome/114.0.0.0 Safari/537.36", "Chrome", "114", "Fuchsia", DeviceClass.Unknown },

        // Edge
        { $"{Win} {Blink} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge", "140", "Windows", Desktop },
        { $"{Win} {Blink} Chrome/70.0.3538.102 Safari/537.36 Edge/18.19042", "Edge", "18", "Windows", Desktop },
        { $"{Droid} {Blink} Chrome/124.0.0.0 Mobile Safari/537.36 EdgA/124.0.0.0", "Edge", "124", "Android", Phone },
        { $"{IPhone} {WebKit} Version/17.0 EdgiOS/124.0.2478.89 Mobile/15E148 Safari/605.1.15", "Edge", "124", "iOS", Phone },
        { $"Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) {Blink} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0", "Edge", "120", "Xbox", DeviceClass.Console },
        { $"Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) {Blink} Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15254", "Edge", "15", "Windows Phone", Phone },

        // Firefox and its relatives
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "143", "Windows", Desktop },
        { "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "143", "macOS", Desktop },
        { "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "128", "Linux", Desktop },
        { "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox", "143", "Ubuntu", Desktop },
        { "Mozilla/5.0 (X11; Fedora; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox", "120", "Fedora", Desktop },
        { "Mozilla/5.0 (X11; FreeBSD amd64; rv:122.0) Gecko/20100101 Firefox/122.0", "Firefox", "122", "FreeBSD", Desktop },
        { "Mozilla/5.0 (X11; OpenBSD amd64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox", "115", "OpenBSD", Desktop },
        { "Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0", "Firefox", "143", "Android", Phone },
        { "Mozilla/5.0 (Android 13; Tablet; rv:109.0) Gecko/118.0 Firefox/118.0", "Firefox", "118", "Android", Tablet },
        { $"{IPhone} {WebKit} FxiOS/127.0 Mobile/15E148 Safari/605.1.15", "Firefox", "127", "iOS", Phone },
        { $"{Mac} {WebKit} FxiOS/127.0 Safari/605.1.15", "Firefox", "127", "iPadOS", Tablet },
        { "Mozilla/5.0 (Mobile; rv:32.0) Gecko/32.0 Firefox/32.0", "Firefox", "32", Unk, Phone },
        { $"{IPhone} {WebKit} Focus/8.1.1 Mobile/15E148 Safari/605.1.15", "Firefox Focus", "8", "iOS", Phone },
        { $"Mozilla/5.0 (Linux; Android 8.0.0) {Blink} Version/4.0 Klar/8.0 Chrome/76.0.3809.89 Mobile Safari/537.36", "Firefox Klar", "8", "Android", Phone },
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:91.0) Gecko/20100101 Firefox/91.0 SeaMonkey/2.53.14", "SeaMonkey", "2", "Windows", Desktop },
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:102.0) Gecko/20100101 Goanna/6.7 Firefox/102.0 PaleMoon/33.1.1", "Pale Moon", "33", "Windows", Desktop },
        { "Mozilla/5.0 (Mobile; Nokia_8110_4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5", "KaiOS Browser", No, "KaiOS", Phone },

        // Safari and Apple's own views
        { $"{Mac} {WebKit} Version/18.6 Safari/605.1.15", "Safari", "18", "macOS", Desktop },
        { $"{IPhone} {WebKit} Version/17.5 Mobile/15E148 Safari/604.1", "Safari", "17", "iOS", Phone },
        { $"{IPad} {WebKit} Version/17.5 Mobile/15E148 Safari/604.1", "Safari", "17", "iPadOS", Tablet },
        { "Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1", "Safari", "12", "iOS", Phone },
        { $"{IPhone} {WebKit} Mobile/15E148", "In-app browser", No, "iOS", Phone },
        { $"{Mac} {WebKit}", "In-app browser", No, "macOS", Desktop },
        { $"{IPhone} {WebKit} GSA/323.0.647062479 Mobile/15E148 Safari/604.1", "Google app", "323", "iOS", Phone },
        { "AppleTV11,1/11.1", Unk, No, "tvOS", Television },
        { "MobileSafari/8617.1 CFNetwork/1490.0.4 Darwin/23.2.0", "App", No, Unk, DeviceClass.Unknown },

        // Opera's family
        { $"{Win} {Blink} Chrome/139.0.0.0 Safari/537.36 OPR/122.0.0.0", "Opera", "122", "Windows", Desktop },
        { $"{Win} {Blink} Chrome/86.0.4240.198 Safari/537.36 OPR/72.0.3815.487 (Edition Yx GX)", "Opera GX", "72", "Windows", Desktop },
        { $"{IPhone} {WebKit} Version/17.5 Mobile/15E148 Safari/604.1 OPX/2.4.4", "Opera GX", "2", "iOS", Phone },
        { $"{Droid} {Blink} Chrome/126.0.0.0 Mobile Safari/537.36 OPR/84.0.0.0", "Opera", "84", "Android", Phone },
        { $"{IPhone} {WebKit} Version/15.5 Mobile/15E148 Safari/604.1 OPT/3.3.3", "Opera Touch", "3", "iOS", Phone },
        { "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16", "Opera Mini", "36", "Android", Phone },
        { "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10", "Opera Mini", "7", "Java ME", Phone },
        { "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18", "Opera", "12", "Windows", Desktop },
        { "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; en) Opera 8.54", "Opera", "8", "Windows", Desktop },

        // Others on Chrome's engine
        { $"{Win} {Blink} Chrome/126.0.0.0 Safari/537.36 Vivaldi/6.8.3381.44", "Vivaldi", "6", "Windows", Desktop },
        { $"{Win} {Blink} Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36", "Yandex Browser", "24", "Windows", Desktop },
        { $"Mozilla/5.0 (Linux; arm_64; Android 13; SM-A325F) {Blink} Chrome/122.0.6261.90 YaBrowser/24.4.3.90.00 SA/3 Mobile Safari/537.36", "Yandex Browser", "24", "Android", Phone },
        { $"Mozilla/5.0 (Linux; Android 10; SAMSUNG SM-G973F) {Blink} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36", "Samsung Internet", "25", "Android", Phone },
        { $"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-X700) {Blink} SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36", "Samsung Internet", "25", "Android", Tablet },
        { $"{IPhone} {WebKit} Version/17.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15", "DuckDuckGo", "7", "iOS", Phone },
        { $"{Mac} {WebKit} Version/17.5 Safari/605.1.15 Ddg/17.5", "DuckDuckGo", "17", "macOS", Desktop },
        { $"Mozilla/5.0 (Linux; Android 12) {Blink} Version/4.0 Chrome/126.0.0.0 Mobile DuckDuckGo/5 Safari/537.36", "DuckDuckGo", "5", "Android", Phone },
        { "Mozilla/5.0 (Linux; U; Android 11; en-US; RMX2185 Build/RP1A.200720.011) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.58 UCBrowser/13.4.0.1306 Mobile Safari/537.36", "UC Browser", "13", "Android", Phone },
        { "Mozilla/5.0 (Linux; U; Android 12; zh-cn; 2201123C Build/SKQ1.211006.001) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.5.60", "MIUI Browser", "17", "Android", Phone },
        { $"Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.13.0.302) {Blink} Chrome/99.0.4844.88 HuaweiBrowser/14.0.5.302 Mobile Safari/537.36", "Huawei Browser", "14", "HarmonyOS", Phone },
        { $"Mozilla/5.0 (Phone; OpenHarmony 5.0) {Blink} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300", "Huawei Browser", "5", "HarmonyOS", Phone },
        { $"Mozilla/5.0 (Tablet; OpenHarmony 5.0) {Blink} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1", "Chrome", "114", "HarmonyOS", Tablet },
        { "Mozilla/5.0 (Linux; U; Android 13; zh-cn; V2243A Build/TP1A.220624.014) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/15.3 Mobile Safari/537.36 COVC/046915", "QQ Browser", "15", "Android", Phone },
        { $"{Win} {Blink} Chrome/94.0.4606.71 Safari/537.36 Core/1.94.202.400 QQBrowser/11.9.5355.400", "QQ Browser", "11", "Windows", Desktop },
        { "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.2.5 like Chrome/126.0.6478.122 Safari/537.36", "Amazon Silk", "126", "Android", Tablet },
        { "Mozilla/5.0 (Linux; Android 7.1.2; AFTMM) AppleWebKit/537.36 (KHTML, like Gecko) Silk/126.2.5 like Chrome/126.0.6478.122 Safari/537.36", "Amazon Silk", "126", "Android", Television },
        { $"{Win} {Blink} Chrome/122.0.0.0 Whale/3.25.232.19 Safari/537.36", "Whale", "3", "Windows", Desktop },
        { $"{Win} {Blink} coc_coc_browser/125.0.130 Chrome/119.0.6045.130 Safari/537.36", "Coc Coc", "125", "Windows", Desktop },
        { $"{X11} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15 Epiphany/605.1.15", "GNOME Web", "605", "Linux", Desktop },
        { $"{X11} AppleWebKit/537.21 (KHTML, like Gecko) konqueror/4.14.26 Safari/537.21", "Konqueror", "4", "Linux", Desktop },
        { $"{X11} {Blink} Postman/11.1.14 Chrome/122.0.6261.156 Electron/29.4.1 Safari/537.36", "Electron", "29", "Linux", Desktop },

        // Pages inside apps
        { $"Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240205.004; wv) {Blink} Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36", "In-app browser", "126", "Android", Phone },
        { $"Mozilla/5.0 (Linux; Android 13; SM-S908B Build/TP1A.220624.014; wv) {Blink} Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/467.0.0.46.109;]", "Facebook app", "467", "Android", Phone },
        { $"{IPhone} {WebKit} Mobile/21F90 [FBAN/FBIOS;FBAV/466.0.0.37.105;FBBV/604870000;FBDV/iPhone14,7;FBMD/iPhone;FBSN/iOS;FBSV/17.5.1]", "Facebook app", "466", "iOS", Phone },
        { $"{IPhone} {WebKit} Mobile/21F90 [FBAN/MessengerForiOS;FBAV/459.0.0.38.108;FBDV/iPhone14,7]", "Messenger app", "459", "iOS", Phone },
        { $"{IPhone} {WebKit} Mobile/21F90 Instagram 336.0.6.22.99 (iPhone14,7; iOS 17_5_1; en_US; en; scale=3.00; 1170x2532)", "Instagram app", "336", "iOS", Phone },
        { "Mozilla/5.0 (Linux; Android 13; V2243A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI", "WeChat", "8", "Android", Phone },
        { $"{IPhone} {WebKit} Mobile/15E148 Safari Line/14.9.0", "LINE", "14", "iOS", Phone },
        { $"{IPhone} {WebKit} Mobile/21F90 musical_ly_34.9.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en", "TikTok app", No, "iOS", Phone },
        { "Dalvik/2.1.0 (Linux; U; Android 13; Pixel 7 Build/TQ3A.230901.001)", "App", No, "Android", Phone },

        // Old ones
        { "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer", "11", "Windows", Desktop },
        { "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0; Tablet PC 2.0)", "Internet Explorer", "10", "Windows", Desktop },
        { "Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0; ARM; Trident/7.0; Touch; rv:11.0; IEMobile/11.0; NOKIA; Lumia 520) like iPhone OS 7_0_3 Mac OS X AppleWebKit/537 (KHTML, like Gecko) Mobile Safari/537", "Internet Explorer", "11", "Windows Phone", Phone },
        { "Mozilla/5.0 (Linux; U; Android 4.0.3; ko-kr; LG-L160L Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30", "Android Browser", "4", "Android", Phone },
        { "Mozilla/5.0 (BB10; Touch) AppleWebKit/537.10+ (KHTML, like Gecko) Version/10.0.9.2372 Mobile Safari/537.10+", "BlackBerry Browser", "10", "BlackBerry", Phone },
        { "Mozilla/5.0 (SymbianOS/9.4; Series60/5.0 Nokia5230/40.0.003) AppleWebKit/533.4 (KHTML, like Gecko) NokiaBrowser/7.3.1.33 Mobile Safari/533.4", "Nokia Browser", "7", "Symbian", Phone },

        // Televisions and consoles
        { $"Mozilla/5.0 (Web0S; Linux/SmartTV) {Blink} Chrome/94.0.4606.128 Safari/537.36 WebAppManager", "Chrome", "94", "webOS", Television },
        { "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36", Unk, No, "Tizen", Television },
        { "Mozilla/5.0 (Linux; Tizen 2.3; SAMSUNG SM-Z130H) AppleWebKit/537.3 (KHTML, like Gecko) SamsungBrowser/1.0 Mobile Safari/537.3", "Samsung Internet", "1", "Tizen", Phone },
        { $"Mozilla/5.0 (Linux; Android 12; BRAVIA 4K VH2) {Blink} Chrome/119.0.0.0 Safari/537.36", "Chrome", "119", "Android", Television },
        { $"Mozilla/5.0 (X11; Linux armv7l) {Blink} Chrome/114.0.0.0 Safari/537.36 CrKey/1.56.500000", "Chrome", "114", "Linux", Television },
        { "Roku/DVP-12.5 (12.5.0.4178-88)", Unk, No, "Roku OS", Television },
        { "Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15", "PlayStation Browser", No, "PlayStation", DeviceClass.Console },
        { "Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474", "Nintendo Browser", "5", "Nintendo", DeviceClass.Console },

        // Half known
        { "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", Unk, No, "Windows", Desktop },
        { "SomethingNew/3.1 (X11; Linux x86_64)", Unk, No, "Linux", Desktop },
        { "Firefox/143.0", "Firefox", "143", Unk, DeviceClass.Unknown },
        { "Lynx/2.9.0dev.10 libwww-FM/2.14 SSL-MM/1.4.1 GNUTLS/3.7.1", "Lynx", "2", Unk, DeviceClass.Unknown },
    };

    public static TheoryData<string, string, string?, string, DeviceClass> Robots => new()
    {
        { "curl/8.5.0", "curl", "8", Unk, Tool },
        { "curl/7.64.1 (x86_64-apple-darwin18.7.0) libcurl/7.64.1", "curl", "7", "macOS", Tool },
        { "Wget/1.21.4 (linux-gnu)", "Wget", "1", "Linux", Tool },
        { "python-requests/2.32.3", "Python Requests", "2", Unk, Tool },
        { "Python/3.11 aiohttp/3.9.5", "Python aiohttp", "3", Unk, Tool },
        { "Python-urllib/3.12", "Python urllib", "3", Unk, Tool },
        { "PostmanRuntime/7.39.0", "Postman", "7", Unk, Tool },
        { "insomnia/2023.5.8", "Insomnia", "2023", Unk, Tool },
        { "HTTPie/3.2.2", "HTTPie", "3", Unk, Tool },
        { "Go-http-client/2.0", "Go HTTP client", "2", Unk, Tool },
        { "okhttp/4.12.0", "OkHttp", "4", Unk, Tool },
        { "Apache-HttpClient/4.5.14 (Java/17.0.10)", "Apache HttpClient", "4", Unk, Tool },
        { "Java/17.0.10", "Java", "17", Unk, Tool },
        { "axios/1.7.2", "axios", "1", Unk, Tool },
        { "node", "Node.js", No, Unk, Tool },
        { "Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.2", "PowerShell", "7", "Windows", Tool },
        { "MyService/1.0 HttpClient", ".NET HttpClient", No, Unk, Tool },
        { "GuzzleHttp/7", "Guzzle", "7", Unk, Tool },
        { "Dart/3.4 (dart:io)", "Dart", "3", Unk, Tool },

        { "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot", "2", Unk, Bot },
        { $"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) {Blink} Chrome/125.0.6422.175 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot", "2", Unk, Bot },
        { $"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36", "bingbot", "2", Unk, Bot },
        { "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "YandexBot", "3", Unk, Bot },
        { "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", "Baiduspider", "2", Unk, Bot },
        { "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)", "DuckDuckBot", "1", Unk, Bot },
        { $"{Mac} {WebKit} Version/17.4 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)", "Applebot", "0", Unk, Bot },
        { "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Facebook preview", "1", Unk, Bot },
        { "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Slackbot", No, Unk, Bot },
        { "WhatsApp/2.24.12.78 A", "WhatsApp preview", "2", Unk, Bot },
        { "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "UptimeRobot", "2", Unk, Bot },
        { "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "GPTBot", "1", Unk, Bot },
        { "Mozilla/5.0 (compatible; SmallShopBot/7.2; +https://shop.example/about)", "Unknown bot", No, Unk, Bot },
        { "acme-crawler 2", "Unknown bot", No, Unk, Bot },
        { "Acme Web Spider (+https://acme.example)", "Unknown bot", No, Unk, Bot },
    };
}

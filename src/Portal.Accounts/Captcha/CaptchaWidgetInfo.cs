namespace Portal.Accounts.Captcha;

/// <summary>What a page needs to show the check. Holds nothing secret.</summary>
/// <param name="Kind">Whether the widget is a box in the form or a script that answers by itself.</param>
/// <param name="SiteKey">The public key of the site.</param>
/// <param name="ScriptUrl">The script to load, complete: for <see cref="CaptchaKind.Score"/> it already names the site key. Its origin has to be allowed by the page's content security policy.</param>
public sealed record CaptchaWidgetInfo(CaptchaKind Kind, string SiteKey, Uri ScriptUrl);

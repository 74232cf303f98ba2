using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

/// <summary>An administrator who acts as somebody else, in a browser without script.</summary>
internal static class ActingAs
{
    public const string Reason = "They asked why their picture is missing.";

    /// <summary>Opens the page that asks why, and sends its form.</summary>
    public static Task<HttpResponseMessage> ActAsAsync(this HttpClient browser, TestUser user, string reason = Reason) => PostAsync(
        browser, $"/admin/impersonate/{user.Id}", "/admin/impersonate", new("user", $"{user.Id}"), new("reason", reason));

    /// <summary>Presses the button of the banner.</summary>
    public static Task<HttpResponseMessage> GoBackAsync(this HttpClient browser) => PostAsync(browser, "/account", "/account/own");

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string form, params IEnumerable<KeyValuePair<string, string>> fields) =>
        PortalHost.PostFormAsync(browser, page, form, fields, TestContext.Current.CancellationToken);
}

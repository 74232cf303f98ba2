using Portal.Testing;

namespace Portal.Tests.Accounts.Registration;

/// <summary>Sends the registration form.</summary>
internal static class RegistrationForm
{
    private static int made;

    public static string NewEmail() => $"newcomer{Interlocked.Increment(ref made)}@example.org";

    public static Task<HttpResponseMessage> RegisterAsync(
        this HttpClient browser, string email, string? userName = null, string password = PortalHost.DefaultPassword, string? confirm = null, string website = "") =>
        PortalHost.PostFormAsync(browser, "/register", "register",
            [
                new("Input.Email", email),
                new("Input.UserName", userName ?? ""),
                new("Input.Password", password),
                new("Input.ConfirmPassword", confirm ?? password),
                new("Input.Website", website),
            ],
            TestContext.Current.CancellationToken);
}

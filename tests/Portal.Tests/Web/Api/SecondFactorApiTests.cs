using System.Net;
using System.Net.Http.Json;
using Portal.Testing;

namespace Portal.Tests.Web.Api;

public sealed class SecondFactorApiTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.4")]
    public async Task A_missing_code_is_said_after_the_right_password_alone()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        using var program = _host.CreateClient("192.0.2.90");

        using var wrong = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = "not the password at all", code = "123456" }, Token);
        using var missing = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password }, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.DoesNotContain("code", await wrong.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.Forbidden, missing.StatusCode);
        Assert.Contains("second factor", await missing.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await program.IsSignedInAsync());
    }

    [Fact]
    public async Task Password_and_code_sign_in_together_and_so_does_a_recovery_code()
    {
        var user = await _host.CreateUserAsync();
        var (app, codes) = await _host.AddSecondFactorAsync(user);

        foreach (var code in new[] { app.CodeAt(_host.Clock.GetUtcNow()), codes[0] })
        {
            using var program = _host.CreateClient("192.0.2.91");
            using var answer = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password, code }, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(await program.IsSignedInAsync());
        }
    }

    [Fact]
    [Trait("ASVS", "6.3.5")]
    public async Task Who_guesses_codes_is_made_to_wait_and_the_person_is_told_that_their_password_is_known()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        using var program = _host.CreateClient("192.0.2.92");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password, code = "no code" }, Token);
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var waits = await program.PostAsJsonAsync("/api/login", new { email = user.Email, password = user.Password, code = "no code" }, Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, waits.StatusCode);
        Assert.Contains("wrong codes", (await _host.Mails.WaitForAsync(user.Email, "may know your password", Token)).TextBody, StringComparison.Ordinal);
    }
}

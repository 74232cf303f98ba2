using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Web.Api;

public sealed class SignInApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Signing_in_answers_with_the_user_and_begins_a_session()
    {
        await host.MakeUserAsync("json@example.org", userName: "jason");
        using var client = host.Anonymous();

        using var answer = await PostAsync(client, new { email = "json@example.org", password = ApiHost.Password, code = "ignored" });

        var user = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["id", "email", "username", "confirmed_at", "last_login_at", "roles"], user.EnumerateObject().Select(property => property.Name));
        Assert.Equal("jason", user.GetProperty("username").GetString());
        Assert.Equal(TimeSpan.Zero, user.GetProperty("confirmed_at").GetDateTimeOffset().Offset);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        using var me = await client.GetAsync("/api/me", TestContext.Current.CancellationToken);
        Assert.Equal(user.GetRawText(), (await me.ReadAsync(HttpStatusCode.OK)).GetRawText());
    }

    [Fact]
    public async Task A_form_signs_in_too_and_by_username()
    {
        await host.MakeUserAsync("form@example.org", userName: "former");
        using var client = host.Anonymous();
        using var form = new FormUrlEncodedContent([new("email", "former"), new("password", ApiHost.Password), new("remember", "on")]);

        using var answer = await client.PostAsync("/api/login", form, TestContext.Current.CancellationToken);

        await answer.ReadAsync(HttpStatusCode.OK);
        // A session that is kept has a cookie with an end.
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("portal-session", StringComparison.Ordinal) && cookie.Contains("expires="));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task Unknown_names_and_wrong_passwords_get_the_same_answer()
    {
        await host.MakeUserAsync("known@example.org");
        await host.MakeUserAsync("waiting@example.org", isConfirmed: false);
        await host.MakeUserAsync("gone@example.org", isActive: false);
        using var client = host.Anonymous();

        List<string> answers = [];
        foreach (var name in new[] { "known@example.org", "waiting@example.org", "gone@example.org", "nobody@example.org", "nobody" })
        {
            using var answer = await PostAsync(client, new { email = name, password = "something else entirely" });
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            answers.Add(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Single(answers.Distinct());
    }

    [Theory]
    [InlineData("unconfirmed@example.org", true, false, "not confirmed")]
    [InlineData("inactive@example.org", false, true, "deactivated")]
    public async Task What_keeps_somebody_out_is_told_after_the_right_password(string email, bool isActive, bool isConfirmed, string said)
    {
        await host.MakeUserAsync(email, isActive, isConfirmed);
        using var client = host.Anonymous();

        using var answer = await PostAsync(client, new { email, password = ApiHost.Password });

        Assert.Contains(said, await answer.ReadProblemAsync(HttpStatusCode.Forbidden));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_as_many_sessions_as_they_may_is_told_so_after_the_right_password(bool token)
    {
        await using var full = await ApiHost.StartAsync(options =>
        {
            options.Settings["Sessions:MaximumPerUser"] = "1";
            options.Settings["Sessions:WhenFull"] = "Refuse";
        });
        await full.MakeUserAsync("full@example.org");
        using var first = full.Anonymous();
        using var begun = await PostAsync(first, new { email = "full@example.org", password = ApiHost.Password });
        await begun.ReadAsync(HttpStatusCode.OK);
        using var second = full.Anonymous();

        using var guessed = await PostAsync(second, new { email = "full@example.org", password = "something else entirely", token });
        using var refused = await PostAsync(second, new { email = "full@example.org", password = ApiHost.Password, token });

        Assert.Equal(HttpStatusCode.Unauthorized, guessed.StatusCode);
        Assert.Contains("as many sessions as it may have", await refused.ReadProblemAsync(HttpStatusCode.Conflict));
        using var me = await second.GetAsync("/api/me", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
        using var still = await first.GetAsync("/api/me", TestContext.Current.CancellationToken);
        await still.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task Too_many_failures_are_told_to_wait()
    {
        using var client = host.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            using var failed = await PostAsync(client, new { email = "guessed@example.org", password = "a guess" });
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
        }

        using var answer = await PostAsync(client, new { email = "guessed@example.org", password = "a guess" });

        await answer.ReadProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Missing_fields_are_named()
    {
        using var client = host.Anonymous();

        using var answer = await PostAsync(client, new { });

        Assert.Equal(["email", "password"], await answer.ReadFieldsAsync());
    }

    [Fact]
    public async Task Switched_off_it_says_so()
    {
        await using var closed = await ApiHost.StartAsync(options => options.Settings["Accounts:LocalLogin"] = "false");
        using var client = closed.Anonymous();

        using var answer = await PostAsync(client, new { email = "a@example.org", password = "b" });

        Assert.Equal("Local login is disabled.", await answer.ReadProblemAsync(HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_is_fine_when_nobody_is_signed_in()
    {
        await host.MakeUserAsync("leaving@example.org");
        using var client = await host.SignedInAsync("leaving@example.org");

        using var first = await client.PostAsync("/api/logout", null, TestContext.Current.CancellationToken);
        using var me = await client.GetAsync("/api/me", TestContext.Current.CancellationToken);
        using var second = await client.PostAsync("/api/logout", null, TestContext.Current.CancellationToken);

        await first.ReadAsync(HttpStatusCode.OK);
        await me.ReadProblemAsync(HttpStatusCode.Unauthorized);
        await second.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    [Trait("ASVS", "3.5.3")]
    public async Task Nothing_is_signed_in_or_out_by_a_get()
    {
        using var client = host.Anonymous();
        foreach (var path in new[] { "/api/login", "/api/logout", "/api/register", "/api/confirm-email", "/api/send-confirmation-email" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.NotEmpty(await answer.ReadProblemAsync(HttpStatusCode.MethodNotAllowed));
            Assert.Equal(["POST"], answer.Content.Headers.Allow);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, object body) =>
        client.PostAsJsonAsync("/api/login", body, TestContext.Current.CancellationToken);
}

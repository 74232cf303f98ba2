using Portal.Testing;

namespace Portal.Tests.Testing;

public sealed class PortalHostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_leaves_nothing_behind()
    {
        var host = await PortalHost.StartAsync();
        Assert.True(File.Exists(Path.Combine(host.DataDirectory, "portal.db")));

        await host.DisposeAsync();

        Assert.False(Directory.Exists(host.DataDirectory));
    }

    [Fact]
    public async Task A_real_browser_finds_the_portal_where_its_mails_lead()
    {
        await using var host = await PortalHost.StartAsync(options => options.UseKestrel = true);
        var user = await host.CreateUserAsync(isConfirmed: false);
        using var client = new HttpClient();

        Assert.Contains("Sign in", await client.GetStringAsync(new Uri(host.BaseAddress, "/login"), Token));
        using var browser = host.CreateClient();
        using var asked = await PortalHost.PostFormAsync(browser, "/resend-confirmation", "resend-confirmation", [new("Input.Email", user.Email)], Token);
        var link = CaughtMails.LinkOf(await host.Mails.WaitForAsync(user.Email, "Confirm", Token));
        Assert.Contains("Confirm this address", await client.GetStringAsync(link, Token));
        using var signedIn = await host.BeginSessionAsync(user);
        Assert.True(await signedIn.IsSignedInAsync());
    }

    [Fact]
    public async Task A_jump_of_the_clock_wakes_a_periodic_timer_once_and_on_time_afterwards()
    {
        await using var host = await PortalHost.StartAsync();
        var ticks = 0;
        using var timer = host.Clock.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        host.Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(1, ticks);
        host.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(1, ticks);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, ticks);
    }

    [Fact]
    public async Task What_the_portal_refuses_the_kit_says_in_its_words()
    {
        await using var host = await PortalHost.StartAsync();
        await host.CreateUserAsync("ana@example.org");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => host.CreateUserAsync("ana@example.org"));

        Assert.Contains("Email: Another account has this address.", refused.Message);
    }

    [Fact]
    public void A_form_is_read_as_a_browser_would_send_it()
    {
        var form = StaticForm.Of(
            """
            <form action="/other"><input name="a" value="1"></form>
            <form method="post" class="x"><input type="hidden" name="_handler" value="trial" /><input name="text" value="&lt;1 &amp; 2&gt;">
            <input type="checkbox" name="off" value="true"><input type="checkbox" name="on" value="true" checked /><input name="on" type="hidden" value="false"></form>
            """, "trial");

        Assert.Null(form.Action);
        Assert.Equal(["_handler=trial", "text=<1 & 2>", "on=true", "on=false"], form.Fields.Select(field => $"{field.Key}={field.Value}"));
        Assert.Equal(["_handler=trial", "text=new", "on=false"], form.With("text", "new").With("on", "false").Fields.Select(field => $"{field.Key}={field.Value}"));
        Assert.Contains("it has /other, trial", Assert.Throws<InvalidOperationException>(() => StaticForm.Of("<form action=\"/other\"></form><form><input name=\"_handler\" value=\"trial\"></form>", "missing")).Message);
    }
}

using Portal.Controls;
using Portal.Shell;

namespace Portal.Tests.Web.Shell;

[Trait("ASVS", "3.4.3")]
public sealed class SecurityHeadersTests
{
    private static readonly MatchedPage Static = new(true, false, PageFrame.Card);
    private static readonly MatchedPage Interactive = new(true, true, PageFrame.Column);

    [Fact]
    public void A_static_page_may_use_only_its_own_files()
    {
        var policy = SecurityHeaders.ContentPolicy(Static, new PageSources());

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "form-action 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'",
            policy);
    }

    [Fact]
    public void An_interactive_page_gets_its_base_and_style_attributes_and_no_inline_script()
    {
        var policy = SecurityHeaders.ContentPolicy(Interactive, new PageSources());

        Assert.Contains("base-uri 'self'", policy);
        Assert.Contains("style-src-attr 'unsafe-inline'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe-eval", policy);
    }

    [Fact]
    public void What_a_page_asks_for_is_added_to_that_page_alone()
    {
        var sources = new PageSources().AllowScripts("https://www.google.com/recaptcha/").AllowFrames("https://www.google.com/recaptcha/")
            .AllowFormTarget("https://id.example");

        var policy = SecurityHeaders.ContentPolicy(Static, sources);

        Assert.Contains("script-src 'self' https://www.google.com/recaptcha/;", policy);
        Assert.Contains("frame-src https://www.google.com/recaptcha/", policy);
        Assert.Contains("form-action 'self' https://id.example;", policy);
        Assert.Contains("connect-src 'self';", policy);
    }
}

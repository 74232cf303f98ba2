using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/account")]
    [InlineData("/account/sessions?page=2#row")]
    [InlineData("/admin/users?q=ana%40example.org&sort=-last")]
    [InlineData("/connect?redirect_uri=https%3A%2F%2Fclient.example%2Fback")]
    [InlineData("/search?q=a//b")]
    [InlineData("/a%20b")]
    [InlineData("/caf%C3%A9")]
    [InlineData("/.well-known/change-password")]
    [InlineData("/@name")]
    public void An_address_of_this_site_is_local(string url) => Assert.True(LocalUrl.IsLocal(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("account")]
    [InlineData("./account")]
    [InlineData("~/account")]
    [InlineData("?a=1")]
    [InlineData("#a")]
    [InlineData("https://evil.example")]
    [InlineData("HTTPS:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("mailto:a@b.c")]
    public void What_is_no_rooted_path_is_not_local(string? url) => Assert.False(LocalUrl.IsLocal(url));

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("////evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/\\/evil.example")]
    [InlineData("/account\\..\\..\\evil")]
    [InlineData("/a//evil.example")]
    [InlineData("/..//evil.example")]
    [InlineData("/../account")]
    [InlineData("/./account")]
    [InlineData("/%2e%2e/account")]
    public void Slashes_that_may_begin_a_host_are_refused(string url) => Assert.False(LocalUrl.IsLocal(url));

    [Theory]
    [InlineData("/%2fevil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("%2f%2fevil.example")]
    [InlineData("/%2f%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/%5C%5Cevil.example")]
    [InlineData("/%252fevil.example")]
    [InlineData("/%255cevil.example")]
    [InlineData("/%25252fevil.example")]
    [InlineData("/%2525252525252fevil.example")]
    [InlineData("/%c0%afevil.example")]
    [InlineData("/%e0%80%afevil.example")]
    [InlineData("/%zz")]
    [InlineData("/%")]
    public void Encoding_them_any_number_of_times_does_not_help(string url) => Assert.False(LocalUrl.IsLocal(url));

    [Theory]
    [InlineData("\t//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/\r/evil.example")]
    [InlineData("/\0/evil.example")]
    [InlineData(" /account")]
    [InlineData("/account ")]
    [InlineData("/a b")]
    [InlineData("/\u007f")]
    [InlineData("/\u0085")]
    [InlineData("/\u2028")]
    [InlineData("/\u202eevil")]
    [InlineData("/\uff0fevil.example")]
    [InlineData("/\u2215evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("/account%0d%0aSet-Cookie:a=b")]
    [InlineData("/account?x=%0d%0aSet-Cookie:a=b")]
    [InlineData("/account%00")]
    public void Control_characters_blanks_and_look_alikes_are_refused(string url) => Assert.False(LocalUrl.IsLocal(url));

    [Fact]
    public void An_endless_address_is_refused() => Assert.False(LocalUrl.IsLocal("/" + new string('a', 2048)));

    [Fact]
    public void Every_single_character_after_the_slash_is_local_or_printable_ASCII_only()
    {
        for (var c = '\0'; c < char.MaxValue; c++)
        {
            var expected = c is > ' ' and < '\x7f' and not ('/' or '\\' or '%' or '.');
            Assert.True(expected == LocalUrl.IsLocal($"/{c}"), $"U+{(int)c:X4}");
        }
    }

    [Fact]
    public void What_is_not_local_gives_way_to_the_fallback()
    {
        Assert.Equal("/account", LocalUrl.Or("//evil.example", "/account"));
        Assert.Equal("/admin", LocalUrl.Or("/admin", "/account"));
    }
}

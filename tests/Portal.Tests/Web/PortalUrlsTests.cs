using System.Reflection;

namespace Portal.Tests.Web;

public sealed class PortalUrlsTests
{
    private static string[] Paths =>
        [.. typeof(PortalUrls).GetFields(BindingFlags.Public | BindingFlags.Static).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Fact]
    public void Every_address_is_rooted_and_said_once()
    {
        Assert.All(Paths, path => Assert.StartsWith("/", path));
        Assert.Distinct(Paths);
    }

    [Fact]
    public void What_goes_into_a_query_is_escaped()
    {
        Assert.Equal("/login?returnUrl=%2Faccount%3Fa%3D1%26b%3D2", PortalUrls.SignIn("/account?a=1&b=2"));
        Assert.Equal("/signed-out?reason=password-changed", PortalUrls.SignedOut("password-changed"));
        Assert.Equal("/reset-password?user=7&token=a%2Bb%2F%3D", PortalUrls.ResetPassword("7", "a+b/="));
        Assert.Equal("/admin/users/a%2Fb", PortalUrls.AdminUser("a/b"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nowhere_to_return_to_leaves_the_query_out(string? returnUrl) => Assert.Equal("/login", PortalUrls.SignIn(returnUrl));
}

using System.Globalization;
using System.Web;

namespace Portal.Tests;

/// <summary>Takes the links of mails apart.</summary>
internal static class StaticLink
{
    public static (long User, string Token) Parts(Uri link)
    {
        var query = HttpUtility.ParseQueryString(link.Query);
        return (long.Parse(query["user"]!, CultureInfo.InvariantCulture), query["token"]!);
    }
}

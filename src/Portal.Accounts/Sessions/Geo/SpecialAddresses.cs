using System.Net;

namespace Portal.Accounts.Sessions.Geo;

/// <summary>Addresses that are nobody's in particular and so in no country (RFC 6890); some databases list them all the same.</summary>
internal static class SpecialAddresses
{
    private static readonly IPNetwork[] _networks =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
    ];

    public static bool Contains(IPAddress address) => Array.Exists(_networks, network => network.Contains(address));
}

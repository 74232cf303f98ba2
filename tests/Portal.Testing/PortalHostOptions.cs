using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Portal.Testing;

/// <summary>How a <see cref="PortalHost"/> differs from the portal as it is shipped.</summary>
public sealed class PortalHostOptions
{
    /// <summary>
    /// Settings by key, as in <c>Sessions:IdleTimeout</c>. They win over the shipped file and over the kit's own:
    /// <c>Passwords:Iterations</c> is 1000, <c>Portal:PublicUrl</c> the host's address. The folder is given by
    /// <see cref="DataDirectory"/>, where the kit looks for mails too.
    /// </summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>
    /// Whether time passes by itself. Default false: it stands still until <see cref="PortalHost.Clock"/> is advanced, and
    /// so do all timers of the portal.
    /// </summary>
    public bool UseRealClock { get; set; }

    /// <summary>The clock of another host, so that two processes agree on the time. Null, the default: one of its own.</summary>
    public FakeTimeProvider? Clock { get; set; }

    /// <summary>Whether the portal listens on a free port of localhost, for real browsers. Default false: in memory.</summary>
    public bool UseKestrel { get; set; }

    /// <summary>
    /// The folder of database, mails and keys. Null, the default: a new one that goes with the host. Two hosts given the
    /// same folder are two processes on one database; it stays until its owner deletes it.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// Makes what stands between a client, behind its cookies, and the portal, to look at requests and answers; one for each
    /// client. Null, the default: nothing.
    /// </summary>
    public Func<DelegatingHandler>? Watch { get; set; } = EverybodysWatch;

    /// <summary>The watch of every host that is given none of its own.</summary>
    internal static Func<DelegatingHandler>? EverybodysWatch { get; set; }

    /// <summary>The environment's name. Default <c>Testing</c>, in which error pages are those of production.</summary>
    public string Environment { get; set; } = "Testing";

    /// <summary>Changes the registered services after the portal's own, for fakes and log recorders. Default none.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }
}

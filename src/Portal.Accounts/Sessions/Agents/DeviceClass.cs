namespace Portal.Accounts.Sessions.Agents;

/// <summary>Kind of device, as far as a request tells it. The names are stored and shown; the numbers are not.</summary>
public enum DeviceClass
{
    /// <summary>Could not be told.</summary>
    Unknown,

    /// <summary>Desktop or portable computer. A tablet that asks for desktop pages looks like one.</summary>
    Desktop,

    /// <summary>Telephone.</summary>
    Phone,

    /// <summary>Tablet.</summary>
    Tablet,

    /// <summary>Television, or a box or stick that feeds one.</summary>
    Television,

    /// <summary>Game console.</summary>
    Console,

    /// <summary>A program rather than a person's browser: command line, script, HTTP library.</summary>
    Tool,

    /// <summary>A crawler, link preview or monitor that says so.</summary>
    Bot,
}

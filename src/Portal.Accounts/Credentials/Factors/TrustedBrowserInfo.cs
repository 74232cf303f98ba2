namespace Portal.Accounts.Credentials.Factors;

/// <summary>A browser that is not asked for a second factor.</summary>
/// <param name="Id">Its number; no secret.</param>
/// <param name="Name">Browser and system in words the browser sent: "Firefox on Linux". Encode it.</param>
/// <param name="Until">When it is asked again.</param>
public sealed record TrustedBrowserInfo(long Id, string Name, DateTimeOffset Until);

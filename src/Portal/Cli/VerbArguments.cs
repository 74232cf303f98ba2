namespace Portal.Cli;

/// <summary>Tells the settings among the arguments from the verb and its own.</summary>
/// <remarks>
/// A setting's name has a colon (<c>--Database:Provider SqlServer</c>, <c>--Portal:SiteName=Kiosk</c>) and may stand
/// anywhere. Before the verb every other option is a setting too, so that the host's own (<c>--urls</c>,
/// <c>--environment</c>) and those that tools add reach the web server.
/// </remarks>
internal static class VerbArguments
{
    private static readonly HashSet<string> NoSettings = ["--help", "--version", "--json"];

    public static (IReadOnlyList<string> Verb, IReadOnlyList<string> Settings) Split(IReadOnlyList<string> args)
    {
        List<string> verb = [];
        List<string> settings = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (!IsSetting(args[i], isBeforeVerb: verb.Count == 0))
            {
                verb.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=') && i + 1 < args.Count)
            {
                settings.Add(args[++i]);
            }
        }

        return (verb, settings);
    }

    private static bool IsSetting(string token, bool isBeforeVerb)
    {
        var isOption = token.StartsWith("--", StringComparison.Ordinal);
        return isBeforeVerb
            ? !NoSettings.Contains(token.Split('=', 2)[0]) && (isOption || token.Contains('='))
            : isOption && token.Split('=', 2)[0].Contains(':');
    }
}

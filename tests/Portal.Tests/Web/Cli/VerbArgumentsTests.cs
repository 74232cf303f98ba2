using Portal.Cli;

namespace Portal.Tests.Web.Cli;

public sealed class VerbArgumentsTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("--Database:Provider SqlServer", "", "--Database:Provider SqlServer")]
    [InlineData("--urls http://localhost:1 --environment Production", "", "--urls http://localhost:1 --environment Production")]
    [InlineData("--Database:Provider SqlServer --applicationName Portal", "", "--Database:Provider SqlServer --applicationName Portal")]
    [InlineData("--contentRoot=/a --Portal:SiteName=Kiosk", "", "--contentRoot=/a --Portal:SiteName=Kiosk")]
    [InlineData("Portal:SiteName=Kiosk", "", "Portal:SiteName=Kiosk")]
    [InlineData("users list", "users list", "")]
    [InlineData("users list --json --Database:Provider SqlServer", "users list --json", "--Database:Provider SqlServer")]
    [InlineData("--Database:Provider SqlServer users list", "users list", "--Database:Provider SqlServer")]
    [InlineData("users create a@b.c --Portal:DataDirectory=x -ac", "users create a@b.c -ac", "--Portal:DataDirectory=x")]
    [InlineData("users create a@b.c --profile={\"a:b\":1}", "users create a@b.c --profile={\"a:b\":1}", "")]
    [InlineData("--json users list", "--json users list", "")]
    [InlineData("--json=true users list", "--json=true users list", "")]
    [InlineData("--help", "--help", "")]
    [InlineData("-h", "-h", "")]
    [InlineData("nonsense", "nonsense", "")]
    public void Settings_are_told_from_the_verb(string args, string verb, string settings)
    {
        var split = VerbArguments.Split(args.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((verb, settings), (string.Join(' ', split.Verb), string.Join(' ', split.Settings)));
        Assert.Equal(verb.Length > 0, Verbs.Asked(args.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }
}

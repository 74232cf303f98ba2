using System.CommandLine;
using Portal.Benchmarks.Verbs;

var root = new RootCommand("Measures the portal. Each verb prints its figures as one line of JSON; what it is doing goes to the error stream.")
{
    LeaveVerb.Make(),
    RequestVerb.Make(),
    CircuitVerb.Make(),
    SignInVerb.Make(),
    StartVerb.Make(),
    SweepVerb.Make(),
    EndManyVerb.Make(),
    SeedVerb.Make(),
    ImportVerb.Make(),
    ListsVerb.Make(),
    BrowseVerb.Make(),
    AuditVerb.Make(),
};
return await root.Parse(args).InvokeAsync();

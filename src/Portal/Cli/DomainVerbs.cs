using System.CommandLine;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>domains …</c></summary>
internal static class DomainVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("domains", "List e-mail domains and decide about them.")
    {
        Change(runner, "create", "List a domain; one that is listed stays as it is.", (admin, domain, cancellationToken) => admin.CreateAsync(domain, Operator.CommandLine, cancellationToken)),
        new Verb("list", "List all domains by name.", "Portal domains list").Does(runner, async run =>
            run.Print.List(await run.Door<IDomainAdmin>().ListAsync(run.CancellationToken), ["DOMAIN", "STATUS"], domain => [domain.Name, domain.Status])),
        Change(runner, "block", "Refuse addresses of a domain and its subdomains from now on.", Set("blocked")),
        Change(runner, "verify", "Trust a domain: who confirms an address of it is verified.", Set("verified")),
        Change(runner, "moderate", "Mark a domain as looked at.", Set("moderated")),
    };

    private static Func<IDomainAdmin, string, CancellationToken, Task<AdminOutcome>> Set(string status) =>
        (admin, domain, cancellationToken) => admin.SetAsync(domain, status, Operator.CommandLine, cancellationToken);

    private static Verb Change(VerbRunner runner, string name, string description, Func<IDomainAdmin, string, CancellationToken, Task<AdminOutcome>> change)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "A domain's name." };
        return new Verb(name, description, $"Portal domains {name} example.org") { domain }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IDomainAdmin>(), run.Parsed.GetRequiredValue(domain));
            var (changed, _) = VerbRun.Expect(await change(admin, asked, run.CancellationToken));
            run.Print.Answer(new { Changed = changed, Domain = asked }, changed ? $"Done: {name} {asked}." : $"{asked} stays as it was.");
        });
    }
}

using System.CommandLine;
using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>domains …</c></summary>
internal static class DomainVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("domains", "List e-mail domains and decide about them.")
    {
        Change(runner, "create", "List a domain; one that is listed stays as it is.", (admin, domain, cancellationToken) => admin.CreateAsync(domain, Operator.CommandLine, cancellationToken)),
        new Verb("list", "List all domains by name.", "Portal domains list").Does(runner, async run =>
            run.Print.List(
                await AllAsync(run.Door<IDomainAdmin>(), run.CancellationToken),
                ["DOMAIN", "STATUS", "USERS", "BLOCKED"],
                domain => [domain.Name, domain.Status, domain.Users.ToString(CultureInfo.InvariantCulture), domain.Blocked.ToString(CultureInfo.InvariantCulture)])),
        Change(runner, "block", "Refuse addresses of a domain and its subdomains, block their people, end their sessions.", Set("blocked")),
        Change(runner, "verify", "Trust a domain: who confirmed an address of it is verified, or will be.", Set("verified")),
        Change(runner, "moderate", "Mark a domain as looked at. Who was blocked with it stays so.", Set("moderated")),
    };

    private static async Task<IReadOnlyList<DomainRow>> AllAsync(IDomainAdmin admin, CancellationToken cancellationToken)
    {
        List<DomainRow> all = [];
        string? next = null;
        do
        {
            var list = await admin.ListAsync(new DomainFilter(), window: new ListWindow { Size = ListWindow.MaxSize, After = next }, cancellationToken: cancellationToken);
            all.AddRange(list.Page.Results.Select(DomainRow.Of));
            next = list.Page.Next;
        }
        while (next is not null);

        return all;
    }

    private static Func<IDomainAdmin, string, CancellationToken, Task<AdminOutcome>> Set(string status) =>
        (admin, domain, cancellationToken) => admin.SetAsync(domain, status, Operator.CommandLine, cancellationToken);

    private static Verb Change(VerbRunner runner, string name, string description, Func<IDomainAdmin, string, CancellationToken, Task<AdminOutcome>> change)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "A domain's name." };
        return new Verb(name, description, $"Portal domains {name} example.org") { domain }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IDomainAdmin>(), run.Parsed.GetRequiredValue(domain));
            var (changed, ended) = VerbRun.Expect(await change(admin, asked, run.CancellationToken));
            run.Print.Answer(
                new { Changed = changed, Domain = asked, EndedSessions = ended },
                changed ? $"Done: {name} {asked}.{(ended > 0 ? $" Sessions ended: {ended}." : "")}" : $"{asked} stays as it was.");
        });
    }
}

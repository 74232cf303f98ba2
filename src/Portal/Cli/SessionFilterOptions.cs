using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Cli;

/// <summary>Which live sessions, as REST's list asks for them. Which are online only the server knows.</summary>
internal sealed class SessionFilterOptions
{
    private readonly Option<string?> user = VerbOptions.Text("--user", "Whose: an id, an email address or a username.", "USER", "--query", "-q");
    private readonly Option<string?> ip = VerbOptions.Text("--ip", "From this network address.", "ADDRESS");
    private readonly Option<string?> country = VerbOptions.Text("--country", "From this country, by its two letters (ISO 3166-1).", "CODE");
    private readonly Option<string?> browser = VerbOptions.Text("--browser", "In this browser, as the list names it.", "NAME");
    private readonly Option<string?> system = VerbOptions.Text("--os", "On this system, as the list names it.", "NAME");
    private readonly Option<bool> impersonated = VerbOptions.Only("--impersonated", "In which an administrator acts as somebody.");
    private readonly Option<string?> since = VerbOptions.Text("--since", "Begun at this moment or later; without a zone UTC.", "MOMENT");

    public SessionFilterOptions() => since.Validators.Add(given =>
    {
        if (given.Tokens is [var only] && IsoMoment.Read(only.Value) is null)
        {
            given.AddError("--since takes a moment or a day in ISO 8601, such as 2026-01-31T08:00:00Z.");
        }
    });

    private IReadOnlyList<Option> All => [user, ip, country, browser, system, impersonated, since];

    public void AddTo(Command verb)
    {
        foreach (var option in All)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>Without any of them the verb is wrong usage: nothing ends all by omission.</summary>
    public void Demand(Command verb) => verb.Validators.Add(given =>
    {
        if (!given.GetValue(impersonated) && All.All(option => option == impersonated || given.GetResult(option) is null))
        {
            given.AddError("Name at least one filter; end-all ends everybody's sessions.");
        }
    });

    /// <exception cref="VerbFailureException">Nobody is the user that is named.</exception>
    public async Task<SessionSearch> ReadAsync(VerbRun run) => new()
    {
        User = run.Parsed.GetValue(user) is { } asked ? (await run.FindUserAsync(asked)).Id.ToString(CultureInfo.InvariantCulture) : null,
        Ip = run.Parsed.GetValue(ip)?.Trim(),
        Country = run.Parsed.GetValue(country)?.Trim().ToUpperInvariant(),
        Browser = run.Parsed.GetValue(browser)?.Trim(),
        Os = run.Parsed.GetValue(system)?.Trim(),
        IsImpersonation = run.Parsed.GetValue(impersonated),
        Since = IsoMoment.Read(run.Parsed.GetValue(since)),
    };
}

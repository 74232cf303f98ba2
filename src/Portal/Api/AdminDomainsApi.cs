using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Domains;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>
/// E-mail domains for administrators. Filters: <c>q</c> (part of a name), <c>status</c>, <c>flagged</c>, <c>category</c> and <c>organisation</c> (their numbers).
/// A domain is named by its name.
/// </summary>
internal static class AdminDomainsApi
{
    private const string NotThere = "The domain is not listed.";

    private const string ByName = "name";

    private static readonly string[] Columns = [ByName, "created", "updated", "users"];

    public static void MapAdminDomains(this IEndpointRouteBuilder api)
    {
        var domains = api.MapGroup("/admin/domains").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Domains);
        var name = ParameterText.InPath("name", "The domain's name.", "example.org");
        domains.MapGet("", ListAsync).Named("listDomains", "E-mail domains, page by page.")
            .Reads(
            [
                new ParameterText("q", "Part of a name.") { Example = "example" },
                ParameterText.OneOf("status", "Of this status only.", DomainStatusNames.Names),
                ParameterText.Flag("flagged", "True: only those somebody asks to be looked at; false: only the others."),
                new ParameterText("category", "The number of a category.") { Example = "1" },
                new ParameterText("organisation", "The number of an organisation.") { Example = "1" },
                .. ListParameters.Texts(ByName, Columns),
            ]);
        domains.MapPost("", CreateAsync).Named("createDomain", "List a domain; fine also when it is listed already.").Takes<NewDomain>().MakesVersioned();
        domains.MapGet("/{name}", FindAsync).Named("getDomain", "One domain.").Reads(name).Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        domains.MapPatch("/{name}", ChangeAsync).Named("changeDomain", "Decide about a domain and, by that, about its people; label it.")
            .Reads(name, ParameterText.DryRun("True: changes nothing, answers with what the status would do to people.")).Takes<DomainChange>().Versioned()
            .Refuses(StatusCodes.Status404NotFound, NotThere);
        domains.MapDelete("/{name}", DeleteAsync).Named("deleteDomain", "Take a domain without people off the list.").Reads(name).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, "People have addresses of it.")
            .Refuses(StatusCodes.Status404NotFound, NotThere);
    }

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<PageAnswer<Domain>>, ApiProblem>> ListAsync(
        HttpContext http, IDomainAdmin domains, [AsParameters] ListParameters part, string? q, string? status, string? flagged, string? category, string? organisation)
    {
        List<FieldError> errors = [];
        var window = part.ReadWindow(errors);
        var (column, isDescending) = part.ReadSort(errors, ByName, Columns);
        Demand(string.IsNullOrEmpty(status) || DomainStatusNames.Names.Contains(status), "Status", "Give new, moderated, verified or blocked.");
        var isFlagged = ListParameters.ReadFlag(errors, "Flagged", flagged);
        var (categoryId, organisationId) = (Number("Category", category), Number("Organisation", organisation));
        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var filter = new DomainFilter
        {
            Search = q,
            Status = string.IsNullOrEmpty(status) ? null : status,
            IsFlagged = isFlagged,
            CategoryId = categoryId,
            OrganisationId = organisationId,
        };
        var list = await domains.ListAsync(filter, Enum.Parse<DomainSort>(column, ignoreCase: true), isDescending, window, http.RequestAborted);
        return PageAnswer<Domain>.Answer(part, list.Page, Domain.Of);

        long? Number(string field, string? text)
        {
            var id = 0L;
            Demand(string.IsNullOrEmpty(text) || long.TryParse(text, out id), field, "Give its number.");
            return string.IsNullOrEmpty(text) ? null : id;
        }

        void Demand(bool holds, string field, string message)
        {
            if (!holds)
            {
                errors.Add(new FieldError(field, message));
            }
        }
    }

    private static async Task<Results<Ok<Domain>, ApiProblem>> FindAsync(string name, HttpContext http, IDomainAdmin domains) =>
        await domains.FindAsync(name, http.RequestAborted) is { } found ? Answered(http, found) : NotListed(name);

    private static async Task<Results<Created<Domain>, Ok<Domain>, ApiProblem>> CreateAsync(HttpContext http, IDomainAdmin domains)
    {
        var body = await RequestBody.ReadAsync<NewDomain>(http);
        var name = body.Name ?? "";
        var outcome = await domains.CreateAsync(name, Operator.Of(http.User), CancellationToken.None);
        if (outcome is AdminOutcome.Refused { Errors: var errors })
        {
            return ApiProblem.Invalid([.. errors.Select(error => error with { Field = "Name" })]);
        }

        if (outcome is not (AdminOutcome.Done or AdminOutcome.Unchanged))
        {
            return AdminAnswers.Problem(outcome);
        }

        var domain = Domain.Of((await domains.FindAsync(name, CancellationToken.None))!);
        http.Response.Headers.ETag = $"\"{domain.Version}\"";
        return outcome is AdminOutcome.Done ? TypedResults.Created($"{PortalUrls.ApiPath}/admin/domains/{domain.Name}", domain) : TypedResults.Ok(domain);
    }

    /// <summary>All that the body names or nothing; what it does not name stays, 0 takes a category or organisation away.</summary>
    private static async Task<Results<Ok<DecisionForetold>, Ok<DomainChanged>, ApiProblem>> ChangeAsync(
        string name, HttpContext http, IDomainAdmin domains, [FromQuery(Name = AdminAnswers.DryRunName)] string? dryRun)
    {
        List<FieldError> errors = [];
        var isDryRun = AdminAnswers.IsDryRun(errors, dryRun);
        var body = await RequestBody.ReadAsync<DomainChange>(http);
        if (isDryRun && !DomainStatusNames.Names.Contains(body.Status))
        {
            errors.Add(new FieldError("Status", "Give new, moderated, verified or blocked: what is known of a domain does nothing to people."));
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        if (isDryRun)
        {
            return await ForetellAsync(name, body.Status!, http, domains);
        }

        var outcome = await domains.EditAsync(
            name,
            new DomainEdit
            {
                Status = body.Status,
                CategoryId = body.Category,
                OrganisationId = body.Organisation,
                IsFlagged = body.Flagged,
                FlagSource = body.FlagSource,
                Version = await VersionAsync(name, http, domains),
            },
            Operator.Of(http.User),
            CancellationToken.None);
        if (outcome is not (AdminOutcome.Done or AdminOutcome.Unchanged))
        {
            return AdminAnswers.Problem(outcome, isConditional: true);
        }

        if (await domains.FindAsync(name, CancellationToken.None) is not { } found)
        {
            return NotListed(name);
        }

        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(new DomainChanged((outcome as AdminOutcome.Done)?.EndedSessions ?? 0, Domain.Of(found)));
    }

    private static async Task<Results<Ok<DecisionForetold>, Ok<DomainChanged>, ApiProblem>> ForetellAsync(string name, string status, HttpContext http, IDomainAdmin domains)
    {
        if (await domains.FindAsync(name, http.RequestAborted) is not { } found)
        {
            return NotListed(name);
        }

        if (await VersionAsync(name, http, domains) is { } seen && seen != found.Version)
        {
            return ApiProblem.Lost(found.Version, [], isConditional: true);
        }

        http.Response.Headers.ETag = $"\"{found.Version}\"";
        return TypedResults.Ok(DecisionForetold.Of(await domains.PreviewAsync(name, status, http.RequestAborted)));
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteAsync(string name, HttpContext http, IDomainAdmin domains) =>
        AdminAnswers.Of(await domains.DeleteAsync(name, Operator.Of(http.User), await VersionAsync(name, http, domains), CancellationToken.None));

    private static Task<string?> VersionAsync(string name, HttpContext http, IDomainAdmin domains) =>
        IfMatch.ReadAsync(http.Request, async () => (await domains.FindAsync(name, http.RequestAborted))?.Version);

    private static Ok<Domain> Answered(HttpContext http, DomainInfo found)
    {
        var domain = Domain.Of(found);
        http.Response.Headers.ETag = $"\"{domain.Version}\"";
        return TypedResults.Ok(domain);
    }

    private static ApiProblem NotListed(string name) => new(StatusCodes.Status404NotFound, $"The domain \"{name}\" is not listed.");

    internal sealed class NewDomain : IExample
    {
        public static object Example => new NewDomain { Name = "example.org" };

        /// <summary>The name; it is stored in lower case ASCII.</summary>
        [Required]
        public string? Name { get; init; }
    }

    internal sealed class DomainChange : IExample
    {
        public static object Example => new DomainChange { Status = "verified", Category = 1 };

        /// <summary>new, moderated, verified or blocked: decides about its people too.</summary>
        public string? Status { get; init; }

        /// <summary>The number of a category; 0 takes it away.</summary>
        public long? Category { get; init; }

        /// <summary>The number of an organisation; 0 takes it away.</summary>
        public long? Organisation { get; init; }

        /// <summary>Whether somebody asks for it to be looked at.</summary>
        public bool? Flagged { get; init; }

        /// <summary>Who does, in their words.</summary>
        public string? FlagSource { get; init; }
    }

    /// <summary>A domain that was decided about.</summary>
    /// <param name="Ended">How many sessions it ended.</param>
    /// <param name="Domain">As it is now.</param>
    internal sealed record DomainChanged(int Ended, Domain Domain) : IExample
    {
        public static object Example => new DomainChanged(2, (Domain)AdminDomainsApi.Domain.Example);
    }

    /// <summary>What deciding so would do to people of the domain, and to those of subdomains about which nothing else was decided.</summary>
    /// <param name="People">Whom it would block or verify.</param>
    /// <param name="Sessions">How many live sessions it would end. Counted to 10,000.</param>
    /// <param name="SessionsIsExact">False when there are more.</param>
    /// <param name="PeopleSignedIn">How many people have them; no more are counted than sessions were.</param>
    /// <param name="PeopleOnline">How many of these have an open tab.</param>
    internal sealed record DecisionForetold(long People, long Sessions, bool SessionsIsExact, int PeopleSignedIn, int PeopleOnline) : IExample
    {
        public static object Example => new DecisionForetold(9, 14, true, 5, 2);

        public static DecisionForetold Of(DomainEffect effect) =>
            new(effect.People, effect.Sessions.Count, effect.Sessions.IsExact, effect.PeopleSignedIn, effect.PeopleOnline);
    }

    /// <summary>An e-mail domain and what was decided about it.</summary>
    /// <param name="Name">The name, in lower case ASCII.</param>
    /// <param name="Status">new, moderated, verified or blocked.</param>
    /// <param name="Category">What kind it is of; null for unknown.</param>
    /// <param name="Organisation">Whose it is; null for unknown.</param>
    /// <param name="Flagged">Whether somebody asks for it to be looked at.</param>
    /// <param name="FlagSource">Who does, in their words.</param>
    /// <param name="Users">Its people, counted.</param>
    /// <param name="Created">When it was listed.</param>
    /// <param name="Updated">When it was last changed.</param>
    /// <param name="Version">What If-Match takes; changes with what is decided and labelled, not with people.</param>
    internal sealed record Domain(
        string Name,
        string Status,
        DomainCategoryInfo? Category,
        OrganisationInfo? Organisation,
        bool Flagged,
        string? FlagSource,
        UserCountInfo Users,
        DateTimeOffset Created,
        DateTimeOffset Updated,
        string Version) : IExample
    {
        public static object Example => new Domain(
            "example.org", "verified", new DomainCategoryInfo(1, "company"), null, false, null, new UserCountInfo(3, 3, 0, 2, 1, 3, 0), ApiExamples.Moment, ApiExamples.Moment, "3c59dc048e88");

        public static Domain Of(DomainInfo domain) => new(
            domain.Name, domain.Status, domain.Category, domain.Organisation, domain.IsFlagged, domain.FlagSource, domain.Users, domain.CreatedAt, domain.UpdatedAt, domain.Version);
    }
}

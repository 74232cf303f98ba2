using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>
/// E-mail domains for administrators, page by page: <c>next</c> of one answer is <c>after</c> of the following request.
/// Filters: <c>q</c> (part of a name), <c>status</c>, <c>flagged</c>, <c>category</c> and <c>organisation</c> (their numbers);
/// <c>sort</c> is name, created or updated, behind a hyphen for descending. A domain is named by its name.
/// </summary>
internal static class AdminDomainsApi
{
    public static void MapAdminDomains(this IEndpointRouteBuilder api)
    {
        var domains = api.MapGroup("/admin/domains").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator });
        domains.MapGet("", ListAsync);
        domains.MapPost("", CreateAsync);
        domains.MapGet("/{name}", FindAsync);
        domains.MapPatch("/{name}", ChangeAsync);
        domains.MapDelete("/{name}", DeleteAsync);
    }

    // As text, so that a wrong value is answered by the field's name.
    private static async Task<Results<Ok<AdminAnswers.Listed<Domain>>, ApiProblem>> ListAsync(
        HttpContext http, IDomainAdmin domains, string? q, string? status, string? flagged, string? category, string? organisation, string? sort, string? size, string? after)
    {
        List<FieldError> errors = [];
        var window = AdminAnswers.WindowOf(size, after, errors);
        var column = sort?.TrimStart('-');
        var order = DomainSort.Name;
        Demand(string.IsNullOrEmpty(column) || (!char.IsAsciiDigit(column[0]) && Enum.TryParse(column, ignoreCase: true, out order) && Enum.IsDefined(order)), "Sort", "Give name, created or updated; behind a hyphen for descending.");
        Demand(string.IsNullOrEmpty(status) || status is "new" or "moderated" or "verified" or "blocked", "Status", "Give new, moderated, verified or blocked.");
        Demand(flagged is null or "" or "true" or "false", "Flagged", "Give true or false.");
        var (categoryId, organisationId) = (Number("Category", category), Number("Organisation", organisation));
        if (errors.Count > 0 || window is null)
        {
            return ApiProblem.Invalid(errors);
        }

        var filter = new DomainFilter
        {
            Search = q,
            Status = string.IsNullOrEmpty(status) ? null : status,
            IsFlagged = string.IsNullOrEmpty(flagged) ? null : flagged == "true",
            CategoryId = categoryId,
            OrganisationId = organisationId,
        };
        var list = await domains.ListAsync(filter, order, sort?.StartsWith('-') == true, window, http.RequestAborted);
        return TypedResults.Ok(AdminAnswers.Listed<Domain>.Of(list.Page, Domain.Of));

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
        await domains.FindAsync(name, http.RequestAborted) is { } found ? TypedResults.Ok(Domain.Of(found)) : NotListed(name);

    private static async Task<Results<Created<Domain>, Ok<Domain>, ApiProblem>> CreateAsync(HttpContext http, IDomainAdmin domains)
    {
        var body = await RequestBody.ReadAsync<Wish>(http);
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
        return outcome is AdminOutcome.Done ? TypedResults.Created($"{PortalUrls.ApiPath}/admin/domains/{domain.Name}", domain) : TypedResults.Ok(domain);
    }

    /// <summary>What the body does not name stays; 0 takes a category or organisation away.</summary>
    private static async Task<Results<Ok<Changed>, ApiProblem>> ChangeAsync(string name, HttpContext http, IDomainAdmin domains)
    {
        var body = await RequestBody.ReadAsync<Wish>(http);
        if (await domains.FindAsync(name, http.RequestAborted) is not { } found)
        {
            return NotListed(name);
        }

        var by = Operator.Of(http.User);
        if (body.Category is not null || body.Organisation is not null || body.Flagged is not null || body.FlagSource is not null)
        {
            var edited = await domains.EditAsync(name, new DomainEdit
            {
                CategoryId = body.Category is { } category ? category == 0 ? null : category : found.Category?.Id,
                OrganisationId = body.Organisation is { } organisation ? organisation == 0 ? null : organisation : found.Organisation?.Id,
                IsFlagged = body.Flagged ?? found.IsFlagged,
                FlagSource = body.FlagSource ?? found.FlagSource,
            }, by, CancellationToken.None);
            if (edited is not (AdminOutcome.Done or AdminOutcome.Unchanged))
            {
                return AdminAnswers.Problem(edited);
            }
        }

        AdminOutcome decided = body.Status is { } status ? await domains.SetAsync(name, status, by, CancellationToken.None) : new AdminOutcome.Unchanged();
        return decided is AdminOutcome.Done or AdminOutcome.Unchanged
            ? TypedResults.Ok(new Changed((decided as AdminOutcome.Done)?.EndedSessions ?? 0, Domain.Of((await domains.FindAsync(name, CancellationToken.None))!)))
            : AdminAnswers.Problem(decided);
    }

    private static async Task<Results<Ok<AdminAnswers.Changed>, ApiProblem>> DeleteAsync(string name, HttpContext http, IDomainAdmin domains) =>
        AdminAnswers.Of(await domains.DeleteAsync(name, Operator.Of(http.User), CancellationToken.None));

    private static ApiProblem NotListed(string name) => new(StatusCodes.Status404NotFound, $"The domain \"{name}\" is not listed.");

    private sealed class Wish
    {
        public string? Name { get; set; }

        public string? Status { get; set; }

        public long? Category { get; set; }

        public long? Organisation { get; set; }

        public bool? Flagged { get; set; }

        public string? FlagSource { get; set; }
    }

    /// <param name="Ended">How many sessions it ended.</param>
    /// <param name="Domain">As it is now.</param>
    private sealed record Changed(int Ended, Domain Domain);

    private sealed record Domain(
        string Name,
        string Status,
        DomainCategoryInfo? Category,
        OrganisationInfo? Organisation,
        bool Flagged,
        string? FlagSource,
        UserCountInfo Users,
        DateTimeOffset Created,
        DateTimeOffset Updated)
    {
        public static Domain Of(DomainInfo domain) => new(
            domain.Name, domain.Status, domain.Category, domain.Organisation, domain.IsFlagged, domain.FlagSource, domain.Users, domain.CreatedAt, domain.UpdatedAt);
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>The categories and organisations that domains belong to, for administrators: their numbers are what a domain is labelled by.</summary>
internal static class AdminDomainLabelsApi
{
    private const string NoCategory = "There is no such category.";
    private const string NoOrganisation = "There is no such organisation.";
    private const string GoneAtOnce = "It was added, and somebody deleted it at once.";

    public static void MapAdminDomainLabels(this IEndpointRouteBuilder api)
    {
        var labels = api.MapGroup("/admin").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Domains);
        var category = ParameterText.InPath("id", "The number of a category.", "1");
        labels.MapGet("/domain-categories", CategoriesAsync).Named("listDomainCategories", "Kinds of domains, by name.");
        labels.MapPost("/domain-categories", AddCategoryAsync).Named("addDomainCategory", "Add a category; fine also when it is there already.").Takes<NewCategory>()
            .Refuses(StatusCodes.Status409Conflict, GoneAtOnce);
        labels.MapDelete("/domain-categories/{id}", DeleteCategoryAsync).Named("deleteDomainCategory", "Take a category off the list; domains of it have none then.")
            .Reads(category).Refuses(StatusCodes.Status404NotFound, NoCategory);
        var organisation = ParameterText.InPath("id", "The number of an organisation.", "1");
        labels.MapGet("/organisations", OrganisationsAsync).Named("listOrganisations", "Whose domains are, each behind the one it is a part of.");
        labels.MapPost("/organisations", AddOrganisationAsync).Named("addOrganisation", "Add an organisation.").Takes<WantedOrganisation>().MakesVersioned()
            .Refuses(StatusCodes.Status409Conflict, "Another organisation has this identifier; or it was added, and somebody deleted it at once.");
        labels.MapPut("/organisations/{id}", ReplaceOrganisationAsync).Named("replaceOrganisation", "Say anew what an organisation is called and of which it is a part.")
            .Reads(organisation).Takes<WantedOrganisation>().Versioned().Refuses(StatusCodes.Status404NotFound, NoOrganisation)
            .Refuses(StatusCodes.Status409Conflict, "Another organisation has this identifier.");
        labels.MapDelete("/organisations/{id}", DeleteOrganisationAsync).Named("deleteOrganisation", "Take an organisation without parts off the tree; domains of it have none then.")
            .Reads(organisation).Conditional()
            .Refuses(StatusCodes.Status400BadRequest, "Other organisations are parts of it.")
            .Refuses(StatusCodes.Status404NotFound, NoOrganisation);
    }

    private static async Task<Ok<ListAnswer<Category>>> CategoriesAsync(HttpContext http, IDomainLabelAdmin labels)
    {
        var all = (await labels.ListAsync(http.RequestAborted)).Categories;
        return TypedResults.Ok(new ListAnswer<Category>(all.Count, [.. all.Select(Category.Of)]));
    }

    private static async Task<Results<Created<Category>, Ok<Category>, ApiProblem>> AddCategoryAsync(HttpContext http, IDomainLabelAdmin labels)
    {
        var name = (await RequestBody.ReadAsync<NewCategory>(http)).Name?.Trim() ?? "";
        var outcome = await labels.AddCategoryAsync(name, Operator.Of(http.User), CancellationToken.None);
        if (outcome is AdminOutcome.Refused { Errors: var errors })
        {
            return ApiProblem.Invalid([.. errors.Select(error => error with { Field = "Name" })]);
        }

        if (outcome is not (AdminOutcome.Done or AdminOutcome.Unchanged))
        {
            return AdminAnswers.Problem(outcome);
        }

        if ((await labels.ListAsync(CancellationToken.None)).Categories.FirstOrDefault(found => found.Name == name) is not { } made)
        {
            return new ApiProblem(StatusCodes.Status409Conflict, GoneAtOnce);
        }

        var category = Category.Of(made);
        return outcome is AdminOutcome.Done ? TypedResults.Created((string?)$"{PortalUrls.ApiPath}/admin/domain-categories", category) : TypedResults.Ok(category);
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteCategoryAsync(string id, HttpContext http, IDomainLabelAdmin labels) => AdminAnswers.NumberOf(id) is { } number
        ? AdminAnswers.Of(await labels.DeleteCategoryAsync(number, Operator.Of(http.User), CancellationToken.None))
        : new ApiProblem(StatusCodes.Status404NotFound, NoCategory);

    private static async Task<Ok<ListAnswer<OrganisationInTree>>> OrganisationsAsync(HttpContext http, IDomainLabelAdmin labels)
    {
        var all = (await labels.ListAsync(http.RequestAborted)).Organisations;
        return TypedResults.Ok(new ListAnswer<OrganisationInTree>(all.Count, [.. all.Select(OrganisationInTree.Of)]));
    }

    private static async Task<Results<Created<OrganisationInTree>, ApiProblem>> AddOrganisationAsync(HttpContext http, IDomainLabelAdmin labels)
    {
        var wanted = (await RequestBody.ReadAsync<WantedOrganisation>(http)).Edit;
        return await labels.AddOrganisationAsync(wanted, Operator.Of(http.User), CancellationToken.None) switch
        {
            AdminOutcome.Done { MadeId: { } id } when await FindAsync(labels, id) is { } made =>
                AdminAnswers.Made(http, "organisations", made.Version, OrganisationInTree.Of(made)),
            AdminOutcome.Done => new ApiProblem(StatusCodes.Status409Conflict, GoneAtOnce),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    private static async Task<Results<Ok<OrganisationInTree>, ApiProblem>> ReplaceOrganisationAsync(string id, HttpContext http, IDomainLabelAdmin labels)
    {
        var wanted = (await RequestBody.ReadAsync<WantedOrganisation>(http)).Edit;
        if (AdminAnswers.NumberOf(id) is not { } number)
        {
            return new ApiProblem(StatusCodes.Status404NotFound, NoOrganisation);
        }

        var outcome = await labels.EditOrganisationAsync(number, wanted, await ByAsync(number, http, labels), CancellationToken.None);
        if (outcome is not (AdminOutcome.Done or AdminOutcome.Unchanged))
        {
            return AdminAnswers.Problem(outcome, isConditional: true);
        }

        if (await FindAsync(labels, number) is not { } now)
        {
            return new ApiProblem(StatusCodes.Status404NotFound, NoOrganisation);
        }

        http.Response.Headers.ETag = $"\"{now.Version}\"";
        return TypedResults.Ok(OrganisationInTree.Of(now));
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> DeleteOrganisationAsync(string id, HttpContext http, IDomainLabelAdmin labels) => AdminAnswers.NumberOf(id) is { } number
        ? AdminAnswers.Of(await labels.DeleteOrganisationAsync(number, await ByAsync(number, http, labels), CancellationToken.None))
        : new ApiProblem(StatusCodes.Status404NotFound, NoOrganisation);

    private static async Task<OrganisationInfo?> FindAsync(IDomainLabelAdmin labels, long id) =>
        (await labels.ListAsync(CancellationToken.None)).Organisations.FirstOrDefault(found => found.Id == id);

    /// <summary>Who asks, and which version of the organisation they saw.</summary>
    private static async Task<Operator> ByAsync(long id, HttpContext http, IDomainLabelAdmin labels) =>
        Operator.Of(http.User) with { Seen = await IfMatch.ReadAsync(http.Request, async () => (await FindAsync(labels, id))?.Version) };

    internal sealed class NewCategory : IExample
    {
        public static object Example => new NewCategory { Name = "mail-provider" };

        /// <summary>1 to 64 characters: lower-case letters, digits and hyphens.</summary>
        [Required]
        public string? Name { get; init; }
    }

    internal sealed class WantedOrganisation : IExample
    {
        public static object Example => new WantedOrganisation { Name = "Department of Physics", Parent = 1, Identifier = "https://ror.org/01ggx4157" };

        /// <summary>1 to 255 characters.</summary>
        [Required]
        public string? Name { get; init; }

        /// <summary>The number of the organisation of which it is a part; left out or 0 for none.</summary>
        public long? Parent { get; init; }

        /// <summary>How the world names it beyond doubt, such as its ROR address; left out for nothing known.</summary>
        public string? Identifier { get; init; }

        internal OrganisationEdit Edit => new(Name ?? "", Parent is 0 ? null : Parent, Identifier);
    }

    /// <summary>A kind of domain.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="Name">Its name.</param>
    internal sealed record Category(long Id, string Name) : IExample
    {
        public static object Example => new Category(1, "company");

        public static Category Of(DomainCategoryInfo category) => new(category.Id, category.Name);
    }

    /// <summary>Whose domains are.</summary>
    /// <param name="Id">Its number.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Identifier">How the world names it beyond doubt; null for nothing known.</param>
    /// <param name="Parent">The number of the organisation of which it is a part; null for none.</param>
    /// <param name="Path">The names from the root to itself.</param>
    /// <param name="Version">What If-Match takes; changes with all but the path.</param>
    internal sealed record OrganisationInTree(long Id, string Name, string? Identifier, long? Parent, IReadOnlyList<string> Path, string Version) : IExample
    {
        public static object Example => new OrganisationInTree(2, "Department of Physics", "https://ror.org/01ggx4157", 1, ["University of London", "Department of Physics"], "a87ff679a2f3");

        public static OrganisationInTree Of(OrganisationInfo found) => new(found.Id, found.Name, found.Identifier, found.ParentId, found.Path, found.Version);
    }
}

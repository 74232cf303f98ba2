using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;

namespace Portal.Api;

/// <summary>
/// The mails of the last 28 days for administrators, the newest first; never what they say. Filters: <c>q</c> (the beginning of
/// the address they go to) and <c>state</c>. A mail that waits can be tried now or dropped; it stays listed.
/// </summary>
internal static class AdminMailsApi
{
    private const string NewestFirst = "-created";
    private const string Missing = "There is no such mail, or no longer.";
    private const string Over = "It is being sent or is over already.";

    public static void MapAdminMails(this IEndpointRouteBuilder api)
    {
        var mails = api.MapGroup("/admin/mails").RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Mails);
        var id = ParameterText.InPath("id", "The number of a mail.", "41");
        mails.MapGet("", ListAsync).Named("listMails", "The mails of the last 28 days, the newest first.")
            .Reads(
            [
                new ParameterText("q", "The beginning of the address they go to.") { Example = "ada@" },
                ParameterText.OneOf("state", "In this state only.", States),
                .. ListParameters.Texts(NewestFirst, ["created"]),
            ]);
        mails.MapGet("/{id}", FindAsync).Named("getMail", "One mail.").Reads(id)
            .Refuses(StatusCodes.Status404NotFound, Missing);
        MapChange("retry", "retryMail", "Try a mail now that waits or was given up.", (admin, number, by) => admin.RetryAsync(number, by, CancellationToken.None));
        MapChange("drop", "dropMail", "Give a mail up, with what it says.", (admin, number, by) => admin.DropAsync(number, by, CancellationToken.None));

        void MapChange(string verb, string operationId, string summary, Func<IMailAdmin, long, Operator, Task<AdminOutcome>> change) => mails
            .MapPost($"/{{id}}/{verb}", (string id, HttpContext http, IMailAdmin admin) => ChangeAsync(id, http, admin, change))
            .Named(operationId, summary).Reads(id)
            .Refuses(StatusCodes.Status400BadRequest, Over)
            .Refuses(StatusCodes.Status404NotFound, Missing);
    }

    private static IEnumerable<string> States => Enum.GetNames<OutboxMailState>().Select(name => name.ToLowerInvariant());

    private static async Task<Results<Ok<PageAnswer<AdminMail>>, ApiProblem>> ListAsync(
        HttpContext http, IMailAdmin mails, [AsParameters] ListParameters part, string? q, string? state)
    {
        List<FieldError> errors = [];
        var window = part.ReadWindow(errors, NewestFirst);
        if (!string.IsNullOrEmpty(state) && !States.Contains(state))
        {
            errors.Add(new FieldError("State", $"Give {string.Join(", ", States)}."));
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        OutboxMailState? only = string.IsNullOrEmpty(state) ? null : Enum.Parse<OutboxMailState>(state, ignoreCase: true);
        var list = await mails.ListAsync(only, q, window, http.RequestAborted);
        return PageAnswer<AdminMail>.Answer(part, list.Page, AdminMail.Of);
    }

    private static async Task<Results<Ok<AdminMail>, ApiProblem>> FindAsync(string id, HttpContext http, IMailAdmin mails) =>
        AdminAnswers.NumberOf(id) is { } number && await mails.FindAsync(number, http.RequestAborted) is { } found ? TypedResults.Ok(AdminMail.Of(found)) : NotThere(id);

    private static async Task<Results<Ok<AdminMail>, ApiProblem>> ChangeAsync(string id, HttpContext http, IMailAdmin mails, Func<IMailAdmin, long, Operator, Task<AdminOutcome>> change)
    {
        if (AdminAnswers.NumberOf(id) is not { } number)
        {
            return NotThere(id);
        }

        return await change(mails, number, Operator.Of(http.User)) switch
        {
            AdminOutcome.Done => await FindAsync(id, http, mails),
            var refused => AdminAnswers.Problem(refused),
        };
    }

    private static ApiProblem NotThere(string id) => new(StatusCodes.Status404NotFound, $"There is no mail \"{id}\", or no longer.");

    /// <summary>A mail: that there is one, never what it says.</summary>
    /// <param name="Id">Its number: the greater, the later.</param>
    /// <param name="Kind">Which mail: ConfirmEmail, PasswordChanged, …</param>
    /// <param name="Recipient">To whom; empty when it went to nobody's account and is over.</param>
    /// <param name="User">About whose account; null for none.</param>
    /// <param name="State">Where it is on its way: waiting, sending, retrying, sent or givenup.</param>
    /// <param name="Created">When it was promised.</param>
    /// <param name="Due">When it is tried next; null when it is over.</param>
    /// <param name="Attempts">How often it failed.</param>
    /// <param name="SentAt">When the mail server took it.</param>
    /// <param name="FailedAt">When it was given up.</param>
    /// <param name="LastError">Why the last attempt failed.</param>
    internal sealed record AdminMail(
        long Id, string Kind, string Recipient, long? User, string State, DateTimeOffset Created, DateTimeOffset? Due, int Attempts, DateTimeOffset? SentAt,
        DateTimeOffset? FailedAt, string? LastError) : IExample
    {
        public static object Example => new AdminMail(
            41, "PasswordChanged", "ada@example.org", 7, "retrying", ApiExamples.Moment, ApiExamples.Moment.AddMinutes(5), 1, null, null, "The mail server cannot be reached.");

        public static AdminMail Of(MailInfo mail) => new(
            mail.Id, mail.Kind, mail.Recipient, mail.UserId, mail.State.ToString().ToLowerInvariant(), mail.CreatedAt, mail.DueAt, mail.Attempts, mail.SentAt,
            mail.FailedAt, mail.LastError);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>
/// Many users at once, for administrators: one after the other, as one batch in the log, with whom is said by their ids, by what
/// the list is narrowed by, or by <c>all</c>. It answers at the end; who hangs up stops it after the person it is at.
/// </summary>
internal static partial class AdminUserBatchApi
{
    public static void MapAdminUserBatch(this IEndpointRouteBuilder api) =>
        api.MapPost("/admin/users/batch", RunAsync).RequireAuthorization(new AuthorizeAttribute { Roles = RoleNames.Administrator }).WithTags(ApiTags.Users)
            .Named("changeUsers", "Do the same with many users; with dry_run say what it would do. Hanging up stops it after the person it is at.").Takes<Batch>()
            .Refuses(StatusCodes.Status404NotFound, "There is no such role.");

    private static async Task<Results<Ok<BatchForetold>, Ok<BatchDone>, ApiProblem>> RunAsync(HttpContext http, IUserBulk bulk)
    {
        var body = await RequestBody.ReadAsync<Batch>(http);
        List<FieldError> errors = [];
        if (body.Read(errors) is not { } request)
        {
            return ApiProblem.Invalid(errors);
        }

        var by = Operator.Of(http.User);
        if (body.DryRun)
        {
            var preview = await bulk.PreviewAsync(request, by, http.RequestAborted);
            return preview.WhyNot is { } fault ? AdminAnswers.Problem(fault) : TypedResults.Ok(BatchForetold.Of(preview));
        }

        return await bulk.RunAsync(request, by, progress: null, http.RequestAborted) switch
        {
            BulkOutcome.Refused { Why: var why } => AdminAnswers.Problem(why),
            BulkOutcome.Finished { LostTheRight: true } done => new ApiProblem(
                StatusCodes.Status403Forbidden,
                string.Create(CultureInfo.InvariantCulture, $"This session may not administer any longer. People of batch {done.Batch} who had been changed before that: {done.Changed}; the others stay as they were.")),
            BulkOutcome.Finished done => TypedResults.Ok(BatchDone.Of(done)),
            var other => throw new InvalidOperationException($"A batch ended as {other.GetType().Name}, for which there is no answer."),
        };
    }

    /// <summary>What a batch would do now. No more than 10,000 people are looked at; where more are selected, all but their number tells of those first ones.</summary>
    /// <param name="Selected">How many people are meant.</param>
    /// <param name="SelectedIsExact">False when there are more.</param>
    /// <param name="Changing">For how many something would change.</param>
    /// <param name="ChangingIsExact">False when only the first ones were looked at.</param>
    /// <param name="AlreadySo">For how many it is so already; of a link for a new password, who may not sign in.</param>
    /// <param name="Refused">For how many it would not be done: their domain is blocked, or recovery is off.</param>
    /// <param name="Sessions">How many live sessions would end. Counted to 10,000.</param>
    /// <param name="SessionsIsExact">False when there are more.</param>
    /// <param name="Online">How many for whom something would change have an open tab.</param>
    /// <param name="SparesOwn">Whether whoever asks is among them and would be left out.</param>
    /// <param name="SparesLastAdministrator">Whether the last administrator is, and would be.</param>
    internal sealed record BatchForetold(
        long Selected,
        bool SelectedIsExact,
        long Changing,
        bool ChangingIsExact,
        long AlreadySo,
        long Refused,
        long Sessions,
        bool SessionsIsExact,
        int Online,
        bool SparesOwn,
        bool SparesLastAdministrator) : IExample
    {
        public static object Example => new BatchForetold(40, true, 37, true, 2, 0, 14, true, 3, true, false);

        public static BatchForetold Of(BulkPreview preview) => new(
            preview.Selected.Count, preview.Selected.IsExact, preview.Changing.Count, preview.Changing.IsExact, preview.AlreadySo.Count, preview.Refused.Count,
            preview.EndingSessions.Count, preview.EndingSessions.IsExact, preview.OnlineNow, preview.SkipsYourself, preview.SkipsLastAdministrator);
    }

    /// <summary>What became of a batch. What it did stays done.</summary>
    /// <param name="Batch">Its id, as each event's details say.</param>
    /// <param name="Seen">How many people it looked at.</param>
    /// <param name="Changed">For how many something changed.</param>
    /// <param name="AlreadySo">For how many it was so already.</param>
    /// <param name="Skipped">How many were left out: oneself, the last administrator.</param>
    /// <param name="Ended">How many sessions ended.</param>
    /// <param name="Failed">For how many it did not work.</param>
    /// <param name="Failures">The first 1,000 of those.</param>
    /// <param name="Stopped">Whether it was stopped before everybody was looked at.</param>
    internal sealed record BatchDone(
        string Batch, int Seen, int Changed, int AlreadySo, int Skipped, int Ended, int Failed, IReadOnlyList<BatchFailure> Failures, bool Stopped) : IExample
    {
        public static object Example => new BatchDone(ApiExamples.Key, 40, 36, 2, 1, 14, 1, [(BatchFailure)BatchFailure.Example], false);

        public static BatchDone Of(BulkOutcome.Finished done) => new(
            done.Batch, done.Seen, done.Changed, done.AlreadySo, done.Skipped, done.EndedSessions, done.Failed, [.. done.Failures.Select(BatchFailure.Of)], done.IsStopped);
    }

    /// <summary>Somebody for whom it did not work.</summary>
    /// <param name="Id">Who.</param>
    /// <param name="Email">Their address; null when they are gone.</param>
    /// <param name="Detail">Why.</param>
    internal sealed record BatchFailure(long Id, string? Email, string Detail) : IExample
    {
        public static object Example => new BatchFailure(7, "ada@example.org", "This email domain is blocked, so the address cannot count as confirmed.");

        public static BatchFailure Of(BulkFailure failure) => new(failure.UserId, failure.Email, failure.Why);
    }
}

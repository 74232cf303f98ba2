using System.ComponentModel.DataAnnotations;
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
internal static class AdminUserBatchApi
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

    internal sealed class Batch : IExample
    {
        public static object Example => new Batch { Action = "deactivate", Filter = new BatchFilter { Domain = "example.org", State = "active" }, Except = [7], Reason = "They moved to another place.", DryRun = true };

        /// <summary>activate, deactivate, block, verify, confirm-email, reset-password, give-role or take-role.</summary>
        [Required]
        public string? Action { get; init; }

        /// <summary>With these, by their ids: as many as fit into a body, about 2,000.</summary>
        public IReadOnlyList<long>? Ids { get; init; }

        /// <summary>Or with whom is all of this, as the list has it.</summary>
        public BatchFilter? Filter { get; init; }

        /// <summary>Or, true, with everybody there is.</summary>
        public bool All { get; init; }

        /// <summary>The ids of those who are left alone all the same.</summary>
        public IReadOnlyList<long>? Except { get; init; }

        /// <summary>The name of the role that they get or lose.</summary>
        public string? Role { get; init; }

        /// <summary>Why; the log keeps it. Blocking needs one.</summary>
        public string? Reason { get; init; }

        /// <summary>True: changes nothing, answers with what it would do.</summary>
        public bool DryRun { get; init; }

        /// <summary>What is asked for; null where something does not fit.</summary>
        internal BulkRequest? Read(List<FieldError> errors)
        {
            var action = BulkActionNames.FromName(Action ?? "");
            Demand(action is not null, nameof(Action), $"Give {string.Join(", ", BulkActionNames.All)}.");
            var takesRole = action is BulkAction.GiveRole or BulkAction.TakeRole;
            Demand(!takesRole || !string.IsNullOrWhiteSpace(Role), nameof(Role), "Name the role.");
            Demand(action is null || takesRole || Role is null, nameof(Role), "Leave it out: \"filter\" may name the role that they have.");
            Demand(((bool[])[Ids is not null, Filter is not null, All]).Count(isGiven => isGiven) == 1, nameof(Filter), "Say with whom in one way: \"ids\", \"filter\", or \"all\": true for everybody.");
            Demand(Ids is not { Count: 0 }, nameof(Ids), "Name at least one.");
            Demand(Ids is null || Except is null, nameof(Except), "Leave it out, and them out of \"ids\".");
            var filter = Filter?.Read(errors) ?? new UserFilter();
            Demand(Filter is null || errors.Count > 0 || !filter.IsEmpty, nameof(Filter), "Name at least one condition; \"all\": true means everybody.");
            return errors.Count > 0 ? null : new BulkRequest(action!.Value, Ids is null ? new UserSelection.Matching(filter) { Except = Except?.ToHashSet() ?? [] } : new UserSelection.Some(Ids.ToHashSet()))
            {
                Role = Role,
                Reason = Reason,
            };

            void Demand(bool holds, string field, string message)
            {
                if (!holds)
                {
                    errors.Add(new FieldError(field, message));
                }
            }
        }
    }

    /// <summary>Who is all of this.</summary>
    internal sealed class BatchFilter : IExample
    {
        public static object Example => new BatchFilter { Domain = "example.org", State = "active" };

        /// <summary>Whose address, username or full name holds this, or whose id it is.</summary>
        public string? Q { get; init; }

        /// <summary>active, unconfirmed, inactive or blocked.</summary>
        public string? State { get; init; }

        /// <summary>True: who is trusted.</summary>
        public bool? Verified { get; init; }

        /// <summary>True: who has two-step verification; false: the others.</summary>
        public bool? SecondFactor { get; init; }

        /// <summary>True: who must wait after too many failed attempts.</summary>
        public bool? Locked { get; init; }

        /// <summary>True: who has an open tab.</summary>
        public bool? Online { get; init; }

        /// <summary>Who has this role, by name.</summary>
        public string? Role { get; init; }

        /// <summary>Whose address is of this domain.</summary>
        public string? Domain { get; init; }

        internal UserFilter Read(List<FieldError> errors)
        {
            if (State is not null && !AdminUserListApi.States.Contains(State))
            {
                errors.Add(new FieldError("Filter.State", $"Give {string.Join(", ", AdminUserListApi.States)}."));
            }

            return new UserFilter
            {
                Text = Text("Filter.Q", Q),
                State = Enum.TryParse<UserState>(State, ignoreCase: true, out var state) ? state : null,
                IsVerified = Only("Filter.Verified", Verified),
                HasSecondFactor = SecondFactor,
                IsLocked = Only("Filter.Locked", Locked),
                IsOnline = Only("Filter.Online", Online),
                Role = Text("Filter.Role", Role),
                Domain = Text("Filter.Domain", Domain),
            };

            // What narrows nothing was meant to narrow.
            string? Text(string field, string? given)
            {
                if (given is not null && string.IsNullOrWhiteSpace(given))
                {
                    errors.Add(new FieldError(field, "Give what it is, or leave it out."));
                }

                return given;
            }

            bool Only(string field, bool? given)
            {
                if (given is false)
                {
                    errors.Add(new FieldError(field, "Give true, or leave it out."));
                }

                return given is true;
            }
        }
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

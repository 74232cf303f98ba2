using System.ComponentModel.DataAnnotations;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

// What is asked for, and with whom.
internal static partial class AdminUserBatchApi
{
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
            if (State is not null && UserStateNames.FromName(State) is null)
            {
                errors.Add(new FieldError("Filter.State", $"Give {string.Join(", ", UserStateNames.All)}."));
            }

            return new UserFilter
            {
                Text = Text("Filter.Q", Q),
                State = UserStateNames.FromName(State),
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
}

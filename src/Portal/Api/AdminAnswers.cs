using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>What the resources below <c>/api/admin</c> answer alike.</summary>
internal static class AdminAnswers
{
    /// <summary>The parameter that asks what a change would do.</summary>
    public const string DryRunName = "dry_run";

    /// <summary>Whether a change is only to be foretold. What is neither is an error: by a slip nothing is made.</summary>
    public static bool IsDryRun(List<FieldError> errors, string? text) => ListParameters.ReadFlag(errors, DryRunName, text) is true;

    /// <summary>The answer to a change.</summary>
    public static Results<Ok<EndedAnswer>, ApiProblem> Of(AdminOutcome outcome) => outcome switch
    {
        AdminOutcome.Done done => TypedResults.Ok(new EndedAnswer(done.EndedSessions, Changed: true)),
        AdminOutcome.Unchanged => TypedResults.Ok(new EndedAnswer(0, Changed: false)),
        // Only a request that names a version can be too late for it here.
        var refused => Problem(refused, isConditional: true),
    };

    /// <summary>The answer to what was made, with its version for whoever goes on to change it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">Where it is, below <c>/api/admin</c>.</param>
    /// <param name="version">What If-Match takes.</param>
    /// <param name="made">What it is.</param>
    public static Created<T> Made<T>(HttpContext http, string path, string version, T made)
    {
        http.Response.Headers.ETag = $"\"{version}\"";
        return TypedResults.Created((string?)$"{PortalUrls.ApiPath}/admin/{path}", made);
    }

    /// <summary>The answer to a change that was not made.</summary>
    /// <param name="outcome">Why.</param>
    /// <param name="isConditional">Whether the request named the version it is for (RFC 9110, If-Match).</param>
    public static ApiProblem Problem(AdminOutcome outcome, bool isConditional = false) => outcome switch
    {
        AdminOutcome.NotFound missing => new ApiProblem(StatusCodes.Status404NotFound, missing.What),
        AdminOutcome.NotAllowed => new ApiProblem(StatusCodes.Status403Forbidden, "This session may not administer, or no longer."),
        AdminOutcome.NeedsRecentAuthentication => new ApiProblem(
            StatusCodes.Status403Forbidden, $"Confirm the password at POST {PortalUrls.ApiPath}/confirm-password first, then send this again."),
        AdminOutcome.Refused refused when refused.Errors.All(error => error.IsTaken) => ApiProblem.Taken(refused.Errors),
        AdminOutcome.Refused refused => ApiProblem.Invalid(refused.Errors),
        AdminOutcome.Conflict conflict => ApiProblem.Lost(conflict.Version, conflict.Fields, isConditional),
        _ => throw new InvalidOperationException($"A change ended as {outcome.GetType().Name}, for which there is no answer."),
    };

    /// <summary>A number that is part of a path; null for what is none.</summary>
    public static long? NumberOf(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

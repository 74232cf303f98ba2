using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>What the resources below <c>/api/admin</c> answer alike.</summary>
internal static class AdminAnswers
{
    /// <summary>The answer to a change.</summary>
    public static Results<Ok<Changed>, ApiProblem> Of(AdminOutcome outcome) => outcome switch
    {
        AdminOutcome.Done done => TypedResults.Ok(new Changed(done.EndedSessions)),
        AdminOutcome.Unchanged => TypedResults.Ok(new Changed(0)),
        AdminOutcome.NotFound missing => new ApiProblem(StatusCodes.Status404NotFound, missing.What),
        AdminOutcome.NotAllowed => new ApiProblem(StatusCodes.Status403Forbidden, "This session may not administer, or no longer."),
        AdminOutcome.NeedsRecentAuthentication => new ApiProblem(
            StatusCodes.Status403Forbidden, $"Confirm the password at POST {PortalUrls.ApiPath}/confirm-password first, then send this again."),
        AdminOutcome.Refused refused => ApiProblem.Invalid(refused.Errors),
        _ => throw new InvalidOperationException($"A change ended as {outcome.GetType().Name}, for which there is no answer."),
    };

    /// <summary>The page that a query asks for; null, with what is wrong, where it cannot be read.</summary>
    public static ListWindow? WindowOf(string? size, string? after, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(size))
        {
            return new ListWindow { After = after };
        }

        if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows is > 0 and <= ListWindow.MaxSize)
        {
            return new ListWindow { Size = rows, After = after };
        }

        errors.Add(new FieldError("Size", $"Give a whole number from 1 to {ListWindow.MaxSize}."));
        return null;
    }

    /// <param name="Ended">How many sessions it ended.</param>
    internal sealed record Changed(int Ended);

    /// <param name="Total">How many there are in all; counting stops at ten thousand.</param>
    /// <param name="Results">Those of this page.</param>
    /// <param name="Next">Given as <c>after</c> it lists what comes then; null at the end.</param>
    internal sealed record Listed<T>(long Total, IReadOnlyList<T> Results, string? Next)
    {
        public static Listed<T> Of<TRow>(ListPage<TRow> page, Func<TRow, T> answer) => new(page.Total.Count, [.. page.Results.Select(answer)], page.Next);
    }
}

using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>A refusal in problem details (RFC 9457), with what is wrong with each field by the name the request has for it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">A sentence for people, what to do included.</param>
/// <param name="errors">What is wrong with single fields, as the library names them.</param>
internal sealed class ApiProblem(int status, string detail, params IEnumerable<FieldError> errors) : IResult, IStatusCodeHttpResult
{
    /// <summary>What the document says of a 403 where somebody who is signed in may have to prove it once more.</summary>
    public const string MayNeedProof = "Prove once more who you are first, or the antiforgery token is missing or wrong.";

    public const string ContentType = "application/problem+json";

    public int? StatusCode => status;

    /// <summary>How long to wait before another try; null says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The version that is there now, and what others changed; null but after a lost race.</summary>
    private (string Version, IReadOnlyList<FieldConflict> Fields)? Race { get; init; }

    /// <summary>400: each entry says what to do about a field.</summary>
    public static ApiProblem Invalid(params IReadOnlyList<FieldError> errors) => Of(StatusCodes.Status400BadRequest, errors);

    /// <summary>409: each entry names a field that is fine as such, but another has what it says.</summary>
    public static ApiProblem Taken(IReadOnlyList<FieldError> errors) => Of(StatusCodes.Status409Conflict, errors);

    /// <summary>400: the body has members that mean nothing, each told by the name it was given.</summary>
    public static ApiProblem UnknownMembers(IReadOnlyList<string> names, IEnumerable<string> known) =>
        Unknown("The body has members that mean nothing here, so nothing was done.", "member", names, known);

    /// <summary>400: so has the address.</summary>
    public static ApiProblem UnknownParameters(IReadOnlyList<string> names, IEnumerable<string> known) =>
        Unknown("The address has parameters that mean nothing here, so nothing was done.", "parameter", names, known);

    /// <summary>403 for who signed in too long ago.</summary>
    public static ApiProblem NeedsProof() =>
        new(StatusCodes.Status403Forbidden, "Prove who you are once more first: POST /api/confirm-password, or /api/confirm-passkey.");

    /// <summary>429, with how long to wait.</summary>
    public static ApiProblem TooMany(TimeSpan retryAfter, string what) =>
        new(StatusCodes.Status429TooManyRequests, $"{what} Retry-After says in how many seconds to try again.") { RetryAfter = retryAfter };

    /// <summary>Somebody else changed the same meanwhile: 412 where the request named its version in If-Match (RFC 9110), else 409.</summary>
    public static ApiProblem Lost(string version, IReadOnlyList<FieldConflict> fields, bool isConditional) => new(
        isConditional ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict,
        "Somebody changed this meanwhile. Nothing was saved; send it again with the version of this answer to go over it.",
        fields.Select(field => new FieldError(field.Field, field.Theirs is null ? "It is empty now." : $"It is \"{field.Theirs}\" now.")))
    {
        Race = (version, fields),
    };

    /// <summary>500: nothing is said of what went wrong.</summary>
    public static ApiProblem Broken() => new(StatusCodes.Status500InternalServerError, "Something went wrong here. It was noted; trying again later may help.");

    /// <summary>503: a database that is locked, full, read-only or away is not a fault of the request.</summary>
    public static ApiProblem Unreachable() => new(StatusCodes.Status503ServiceUnavailable, "The portal cannot reach its data right now. Try again later.");

    /// <summary>The body.</summary>
    public ProblemAnswer Answer => new(
        status,
        ReasonPhrases.GetReasonPhrase(status),
        detail,
        errors.Select(error => new ProblemAnswer.FieldProblem(NamesAsGiven ? error.Field : NameOf(error.Field), error.Message)).ToList() is { Count: > 0 } named ? named : null,
        Race?.Version,
        Race is { Fields: { Count: > 0 } changed } ? changed : null);

    /// <summary>Whether the fields are named by whoever asked and not by the library.</summary>
    private bool NamesAsGiven { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return httpContext.Response.WriteAsJsonAsync(Answer, options: null, ContentType);
    }

    /// <summary>A field as requests name it.</summary>
    private static string NameOf(string field) => field switch
    {
        "Captcha" => "recaptcha",
        "UserName" => "username",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(field),
    };

    private static ApiProblem Of(int status, IReadOnlyList<FieldError> errors) =>
        new(status, errors is [var only] ? only.Message : "Some fields cannot stay as they are; each error says what to do.", errors);

    private static ApiProblem Unknown(string detail, string what, IReadOnlyList<string> names, IEnumerable<string> known)
    {
        var takes = string.Join(", ", known) is { Length: > 0 } list ? $" There are: {list}." : "";
        return new(StatusCodes.Status400BadRequest, detail, names.Select(name => new FieldError(name, $"There is no {what} \"{name}\" here.{takes}"))) { NamesAsGiven = true };
    }
}

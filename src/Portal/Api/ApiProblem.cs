using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>A refusal in problem details (RFC 9457), with what is wrong with each field by the name the request has for it.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">A sentence for people, what to do included.</param>
/// <param name="errors">What is wrong with single fields, as the library names them.</param>
internal sealed class ApiProblem(int status, string detail, params IEnumerable<FieldError> errors) : IResult, IStatusCodeHttpResult
{
    private const string ContentType = "application/problem+json";

    public int? StatusCode => status;

    /// <summary>How long to wait before another try; null says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is to be known beside it, by name; null for nothing.</summary>
    public IReadOnlyDictionary<string, object?>? More { get; init; }

    /// <summary>400: each entry says what to do about a field.</summary>
    public static ApiProblem Invalid(params IReadOnlyList<FieldError> errors) =>
        new(StatusCodes.Status400BadRequest, errors is [var only] ? only.Message : "Some fields cannot stay as they are; each error says what to do.", errors);

    /// <summary>429, with how long to wait.</summary>
    public static ApiProblem TooMany(TimeSpan retryAfter, string what) =>
        new(StatusCodes.Status429TooManyRequests, $"{what} Retry-After says in how many seconds to try again.") { RetryAfter = retryAfter };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (RetryAfter is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        List<Error> named = [.. errors.Select(error => new Error(NameOf(error.Field), error.Message))];
        return httpContext.Response.WriteAsJsonAsync(
            new Body(status, ReasonPhrases.GetReasonPhrase(status), detail, named.Count > 0 ? named : null) { More = More?.ToDictionary() }, options: null, ContentType);
    }

    /// <summary>A field as requests name it.</summary>
    private static string NameOf(string field) => field switch
    {
        "Captcha" => "recaptcha",
        "NewPassword" => "new_password",
        _ => field.ToLowerInvariant(),
    };

    private sealed record Body(
        int Status,
        string Title,
        string Detail,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Error>? Errors)
    {
        [JsonExtensionData]
        public Dictionary<string, object?>? More { get; init; }
    }

    private sealed record Error(string Field, string Message);
}

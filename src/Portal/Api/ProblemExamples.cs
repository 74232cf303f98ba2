using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>A refusal of each status. The document has it once, and names it wherever it may be answered.</summary>
internal static class ProblemExamples
{
    private static readonly Dictionary<int, ApiProblem> Problems = new List<ApiProblem>
    {
        ApiProblem.Invalid(new FieldError("Email", "Give an email address or a username.")),
        new(StatusCodes.Status401Unauthorized, "Sign in first."),
        new(StatusCodes.Status403Forbidden, "This account may not do that."),
        new(StatusCodes.Status404NotFound, "There is no user \"7\"."),
        ApiProblem.Taken([new FieldError("UserName", "Another account has this username.")]),
        ApiProblem.Lost("0197d1c2-f4a8-7c3e-9b5d-3f1d0a6c2b12", [new FieldConflict("username", "ada", "countess")], isConditional: true),
        new(StatusCodes.Status413PayloadTooLarge, UnreadableBodyException.TooLong),
        new(StatusCodes.Status415UnsupportedMediaType, "Send a JSON object (application/json) or a form, in UTF-8."),
        ApiProblem.TooMany(TimeSpan.FromMinutes(1), "Too many wrong passwords."),
        ApiProblem.Broken(),
        ApiProblem.Unreachable(),
    }.ToDictionary(problem => problem.Answer.Status);

    /// <summary>Puts the one of its status into an answer of the document.</summary>
    public static void AddTo(OpenApiMediaType content, int status, OpenApiDocument document, JsonSerializerOptions json)
    {
        if (!Problems.TryGetValue(status, out var problem))
        {
            return;
        }

        var name = ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);
        if (document.Components?.Examples?.ContainsKey(name) != true)
        {
            document.AddComponent(name, new OpenApiExample { Value = JsonSerializer.SerializeToNode(problem.Answer, json) });
        }

        content.Examples = new Dictionary<string, IOpenApiExample> { [name] = new OpenApiExampleReference(name, document) };
    }
}

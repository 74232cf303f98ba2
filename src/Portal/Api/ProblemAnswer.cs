using System.Text.Json.Serialization;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Detail">A sentence for people, what to do included.</param>
/// <param name="Errors">What is wrong with single fields.</param>
/// <param name="Version">After a lost race: the version that is there now.</param>
/// <param name="Changed">After a lost race: what both changed.</param>
internal sealed record ProblemAnswer(
    int Status,
    string Title,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProblemAnswer.FieldProblem>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldConflict>? Changed = null) : IExample
{
    public static object Example => new ProblemAnswer(
        StatusCodes.Status400BadRequest, "Bad Request", "Give an email address or a username.", [new FieldProblem("email", "Give an email address or a username.")]);

    /// <summary>What is wrong with one field.</summary>
    /// <param name="Field">As the request names it.</param>
    /// <param name="Message">What to do about it.</param>
    internal sealed record FieldProblem(string Field, string Message);
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Credentials;
using Portal.Accounts.Passkeys;
using Portal.Accounts.SignIn;
using Portal.Controls;

namespace Portal.Api;

/// <summary>What a browser is to ask a passkey for, and proving oneself by one in a running session.</summary>
internal static class PasskeyApi
{
    public static void MapPasskeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("/confirm-passkey/options", AskToConfirmAsync).RequireAuthorization();
        api.MapPost("/confirm-passkey", ConfirmAsync).RequireAuthorization();
        api.MapPost("/login/passkey-options", AskToSignInAsync).AllowAnonymous();
        api.MapPost("/login/two-factor/passkey-options", AskForSecondStepAsync).AllowAnonymous();
    }

    private static async Task<Results<Ok<Question>, ApiProblem>> AskToSignInAsync(HttpContext http, IPasskeySignIn passkeys) =>
        await passkeys.BeginAsync(http) is { } prompt
            ? TypedResults.Ok(Question.Of(prompt))
            : new ApiProblem(StatusCodes.Status400BadRequest, "Local login is disabled.");

    private static async Task<Results<Ok<Question>, ApiProblem>> AskForSecondStepAsync(HttpContext http, IPasskeySignIn passkeys) =>
        await passkeys.BeginSecondStepAsync(http, http.RequestAborted) is { } prompt
            ? TypedResults.Ok(Question.Of(prompt))
            : new ApiProblem(StatusCodes.Status409Conflict, "Nobody waits here who has a passkey. Enter the code, or sign in again.");

    private static async Task<Results<Ok<Question>, ApiProblem>> AskToConfirmAsync(HttpContext http, IPasskeyConfirmation passkeys) =>
        await passkeys.BeginAsync(http, http.RequestAborted) is { } prompt
            ? TypedResults.Ok(Question.Of(prompt))
            : new ApiProblem(StatusCodes.Status409Conflict, "You have no passkey. Use your password.");

    /// <summary>Answers that the session counts as just signed in. Its key is new: the answer carries the cookie.</summary>
    private static async Task<Results<Ok<MessageAnswer>, ApiProblem>> ConfirmAsync(HttpContext http, IPasskeyConfirmation passkeys)
    {
        var input = await RequestBody.ReadAsync<Answer>(http);
        return await passkeys.ConfirmAsync(http, input.Ticket, input.Credential, http.RequestAborted) switch
        {
            PasskeyConfirmationOutcome.Done => TypedResults.Ok(new MessageAnswer("The passkey is right; this session counts as just signed in.")),
            PasskeyConfirmationOutcome.Refused refused => ApiProblem.Invalid(new FieldError("Passkey", PasskeyWords.Of(refused.Reason))),
            PasskeyConfirmationOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many tries right now."),
            PasskeyConfirmationOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, ImpersonationWords.Refused),
            _ => new ApiProblem(StatusCodes.Status401Unauthorized, "This session is over. Sign in again."),
        };
    }

    /// <param name="Options">For the browser, as WebAuthn writes them.</param>
    /// <param name="Ticket">Given back with the answer.</param>
    internal sealed record Question(JsonNode Options, string Ticket)
    {
        public static Question Of(PasskeyPrompt prompt) => new(JsonNode.Parse(prompt.Options)!, prompt.Ticket);
    }

    // A class, not a record: a record's text would show what it holds.
    private sealed class Answer
    {
        public string? Ticket { get; init; }

        /// <summary>The credential, as JSON in a text: it is held against its signature letter by letter.</summary>
        public string? Credential { get; init; }
    }
}

using System.ComponentModel.DataAnnotations;
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
        var passkeys = api.MapGroup("").WithTags(ApiTags.SignIn);
        passkeys.MapPost("/confirm-passkey/options", AskToConfirmAsync).RequireAuthorization()
            .Named("askForOwnPasskey", "What a browser asks for when somebody proves once more who they are by a passkey.")
            .Refuses(StatusCodes.Status409Conflict, "The account has no passkey.");
        passkeys.MapPost("/confirm-passkey", ConfirmAsync).RequireAuthorization()
            .Named("confirmPasskey", "Prove once more who one is by a passkey: the session counts as just signed in.").Takes<PasskeyProof>()
            .Refuses(StatusCodes.Status429TooManyRequests, "Too many tries right now.");
        passkeys.MapPost("/login/passkey-options", AskToSignInAsync).AllowAnonymous()
            .Named("askForPasskey", "What a browser asks for when somebody signs in by a passkey, on the sign-in page.")
            .Refuses(StatusCodes.Status400BadRequest, "Local login is disabled.");
        passkeys.MapPost("/login/two-factor/passkey-options", AskForSecondStepAsync).AllowAnonymous()
            .Named("askForPasskeyAfterPassword", "The same for the person whose password was just right in this browser.")
            .Refuses(StatusCodes.Status409Conflict, "Nobody waits in this browser who has a passkey.");
    }

    private static async Task<Results<Ok<PasskeyQuestion>, ApiProblem>> AskToSignInAsync(HttpContext http, IPasskeySignIn passkeys) =>
        await passkeys.BeginAsync(http) is { } prompt
            ? TypedResults.Ok(PasskeyQuestion.Of(prompt))
            : new ApiProblem(StatusCodes.Status400BadRequest, "Local login is disabled.");

    private static async Task<Results<Ok<PasskeyQuestion>, ApiProblem>> AskForSecondStepAsync(HttpContext http, IPasskeySignIn passkeys) =>
        await passkeys.BeginSecondStepAsync(http, http.RequestAborted) is { } prompt
            ? TypedResults.Ok(PasskeyQuestion.Of(prompt))
            : new ApiProblem(StatusCodes.Status409Conflict, "No sign-in waits here for a passkey. Enter the code, or sign in again.");

    private static async Task<Results<Ok<PasskeyQuestion>, ApiProblem>> AskToConfirmAsync(HttpContext http, IPasskeyConfirmation passkeys) =>
        await passkeys.BeginAsync(http, http.RequestAborted) is { } prompt
            ? TypedResults.Ok(PasskeyQuestion.Of(prompt))
            : new ApiProblem(StatusCodes.Status409Conflict, "You have no passkey. Use your password.");

    /// <summary>Answers that the session counts as just signed in. Its key is new: the answer carries the cookie.</summary>
    private static async Task<Results<Ok<MessageAnswer>, ApiProblem>> ConfirmAsync(HttpContext http, IPasskeyConfirmation passkeys)
    {
        var input = await RequestBody.ReadAsync<PasskeyProof>(http);
        return await passkeys.ConfirmAsync(http, input.Ticket, input.Credential, http.RequestAborted) switch
        {
            PasskeyConfirmationOutcome.Done => TypedResults.Ok(new MessageAnswer("The passkey is right; this session counts as just signed in.")),
            PasskeyConfirmationOutcome.Refused refused => ApiProblem.Invalid(new FieldError("Passkey", PasskeyWords.Of(refused.Reason))),
            PasskeyConfirmationOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many tries right now."),
            PasskeyConfirmationOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, ImpersonationWords.Refused),
            _ => new ApiProblem(StatusCodes.Status401Unauthorized, "This session is over. Sign in again."),
        };
    }

    /// <summary>What to ask a passkey for.</summary>
    /// <param name="Options">For the browser, as WebAuthn writes them.</param>
    /// <param name="Ticket">Given back with the answer.</param>
    internal sealed record PasskeyQuestion(JsonNode Options, string Ticket) : IExample
    {
        public static object Example => new PasskeyQuestion(new JsonObject { ["challenge"] = "b7nFv0Qk", ["rpId"] = "example.org", ["userVerification"] = "required" }, "CfDJ8Nb4c-3Vt1oZp0T7b8Hq");

        public static PasskeyQuestion Of(PasskeyPrompt prompt) => new(JsonNode.Parse(prompt.Options)!, prompt.Ticket);
    }

    // A class, not a record: a record's text would show what it holds.
    internal sealed class PasskeyProof : IExample
    {
        public static object Example => new PasskeyProof { Ticket = "CfDJ8Nb4c-3Vt1oZp0T7b8Hq", Credential = "{\"id\":\"AbC\",\"type\":\"public-key\"}" };

        /// <summary>The ticket that came with the question.</summary>
        [Required]
        public string? Ticket { get; init; }

        /// <summary>The credential, as JSON in a text: it is held against its signature letter by letter.</summary>
        [Required]
        public string? Credential { get; init; }
    }
}

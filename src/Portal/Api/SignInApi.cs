using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.SignIn;
using Portal.Accounts.Tokens;
using Portal.Controls;

namespace Portal.Api;

/// <summary>Signing in and out. Both write the session's cookie, but where a token is asked for.</summary>
internal static class SignInApi
{
    public static void MapSignIn(this IEndpointRouteBuilder api)
    {
        var signIn = api.MapGroup("").WithTags(ApiTags.SignIn).AllowAnonymous();
        signIn.MapPost("/login", SignInAsync).Named("signIn", "Sign in: for a cookie, or with token for an access token.").Takes<Credentials>()
            .Refuses(StatusCodes.Status400BadRequest, "A field is missing, or local login is disabled.")
            .Refuses(StatusCodes.Status401Unauthorized, "The name and password match no account; one answer for any wrong pair.")
            .Refuses(StatusCodes.Status403Forbidden, "After the right password only: the address is not confirmed, the account deactivated, or a code is asked for. Or another site sent this.")
            .Refuses(StatusCodes.Status409Conflict, "The account has as many sessions as it may have.")
            .Refuses(StatusCodes.Status429TooManyRequests, "Too many failed attempts, or too many people sign in right now.");
        signIn.MapPost("/logout", SignOutAsync).Named("signOut", "End the session that asks; fine also when there is none.");
    }

    private static async Task<Results<Ok<UserAnswer>, Ok<TokenAnswer>, UnauthorizedHttpResult, ApiProblem>> SignInAsync(
        HttpContext http, ISignInService signIn, ITokenService tokens, IUserAdmin users)
    {
        var input = await RequestBody.ReadAsync<Credentials>(http);
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(input.Email))
        {
            errors.Add(new FieldError("Email", "Give an email address or a username."));
        }

        if (string.IsNullOrEmpty(input.Password))
        {
            errors.Add(new FieldError("Password", "Give the password."));
        }

        if (errors.Count > 0)
        {
            return ApiProblem.Invalid(errors);
        }

        var code = string.IsNullOrWhiteSpace(input.Code) ? null : input.Code;
        return await signIn.SignInAsync(http, input.Email!, input.Password!, input.Remember, code, input.Token, input.Fields, http.RequestAborted) switch
        {
            SignInOutcome.Succeeded succeeded when !input.Token => TypedResults.Ok((await UserAnswer.OfAsync(users, succeeded.UserId, http.RequestAborted))!),
            SignInOutcome.Succeeded succeeded => await tokens.IssueAsync(succeeded.Person, cancellationToken: http.RequestAborted) is { } token
                ? TypedResults.Ok(TokenAnswer.Of(token))
                : TypedResults.Unauthorized(),
            var refused => Problem(refused),
        };
    }

    private static ApiProblem Problem(SignInOutcome outcome) => outcome switch
    {
        SignInOutcome.Rejected => new ApiProblem(StatusCodes.Status401Unauthorized, "This name and password do not match an account."),
        SignInOutcome.FieldsRefused refused => ApiProblem.Invalid(refused.Errors),
        SignInOutcome.NeedsSecondFactor => new ApiProblem(
            StatusCodes.Status403Forbidden, "This account has a second factor. Send the same once more with \"code\": six digits of the authenticator app, or a recovery code."),
        SignInOutcome.WrongCode => new ApiProblem(StatusCodes.Status403Forbidden, "This code is wrong, too old, or was used before. Send the next one the app shows, or a recovery code."),
        SignInOutcome.NothingWaits => new ApiProblem(StatusCodes.Status401Unauthorized, "The password was changed meanwhile. Sign in with the new one."),
        SignInOutcome.NeedsConfirmation => new ApiProblem(
            StatusCodes.Status403Forbidden, "The address of this account is not confirmed yet. Follow the link in the mail; POST /api/send-confirmation-email sends a new one."),
        SignInOutcome.Inactive => new ApiProblem(StatusCodes.Status403Forbidden, "This account is deactivated."),
        SignInOutcome.Full => new ApiProblem(
            StatusCodes.Status409Conflict, "This account has as many sessions as it may have. Sign out somewhere first, or sign in with a browser and choose there."),
        SignInOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many failed attempts."),
        SignInOutcome.Busy busy => ApiProblem.TooMany(busy.RetryAfter, "Too many people are signing in right now."),
        SignInOutcome.Disabled => new ApiProblem(StatusCodes.Status400BadRequest, "Local login is disabled."),
        _ => throw new InvalidOperationException($"A sign-in ended as {outcome.GetType().Name}, for which there is no answer."),
    };

    private static async Task<Ok<MessageAnswer>> SignOutAsync(HttpContext http, ISignInService signIn)
    {
        await signIn.SignOutAsync(http);
        SiteData.Clear(http.Response);
        return TypedResults.Ok(new MessageAnswer("You are signed out."));
    }

    // A class, not a record: a record's text would show the password.
    internal sealed class Credentials : IExample
    {
        public static object Example => new Credentials { Email = "ada@example.org", Password = "lanterns drift over Utrecht", Token = true };

        /// <summary>The address or the username.</summary>
        [Required]
        public string? Email { get; init; }

        /// <summary>The password.</summary>
        [Required]
        public string? Password { get; init; }

        /// <summary>Whether the session outlives the browser.</summary>
        public bool Remember { get; init; }

        /// <summary>Six digits of the authenticator app, or a recovery code; where the account has a second factor.</summary>
        public string? Code { get; init; }

        /// <summary>Whether an access token is wanted in place of a cookie.</summary>
        public bool Token { get; init; }

        /// <summary>What this site asks for besides, by name. Without such fields it is not looked at.</summary>
        public Dictionary<string, string?>? Fields { get; init; }
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Recovery;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Api;

/// <summary>One's own password: changing it, proving that one knows it, choosing a new one by a link.</summary>
internal static class PasswordApi
{
    public static void MapPassword(this IEndpointRouteBuilder api)
    {
        const string tooMany = "Too many tries right now.";
        var password = api.MapGroup("").WithTags(ApiTags.Password);
        password.MapPost("/change-password", ChangeAsync).RequireAuthorization()
            .Named("changePassword", "Change the own password; the other sessions end.").Takes<PasswordChange>()
            .Refuses(StatusCodes.Status429TooManyRequests, tooMany);
        password.MapPost("/confirm-password", ConfirmAsync).RequireAuthorization()
            .Named("confirmPassword", "Prove once more who one is, by password or code: the session counts as just signed in.").Takes<PasswordProof>()
            .Refuses(StatusCodes.Status429TooManyRequests, tooMany);
        password.MapPost("/forgot-password", ForgotAsync).AllowAnonymous()
            .Named("forgotPassword", "Have a mail sent with a token for a new password; one answer for any address or username.").Takes<ForgottenPassword>()
            .Refuses(StatusCodes.Status429TooManyRequests, tooMany);
        password.MapPost("/reset-password", ResetAsync).AllowAnonymous()
            .Named("resetPassword", "Set a password with the token of the mail; every session ends, and none begins.").Takes<PasswordReset>()
            .Refuses(StatusCodes.Status429TooManyRequests, tooMany);
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> ChangeAsync(HttpContext http, IPasswordService passwords)
    {
        var input = await RequestBody.ReadAsync<PasswordChange>(http);
        List<FieldError> errors = [];
        if (string.IsNullOrEmpty(input.Password))
        {
            errors.Add(new FieldError("Password", "Give the present password."));
        }

        if (string.IsNullOrEmpty(input.NewPassword))
        {
            errors.Add(new FieldError("NewPassword", "Choose a new password."));
        }

        return errors.Count > 0
            ? ApiProblem.Invalid(errors)
            : await passwords.ChangeAsync(http, input.Password!, input.NewPassword!, http.RequestAborted) switch
            {
                PasswordOutcome.Done done => TypedResults.Ok(new EndedAnswer(done.EndedSessions, Changed: true)),
                // What is wrong is wrong with the new one.
                PasswordOutcome.Invalid invalid => ApiProblem.Invalid([.. invalid.Errors.Select(error => error with { Field = "NewPassword" })]),
                var refused => Problem(refused),
            };
    }

    /// <summary>Answers that the session counts as just signed in. Its key is new: the answer carries the cookie.</summary>
    private static async Task<Results<Ok<MessageAnswer>, ApiProblem>> ConfirmAsync(HttpContext http, IPasswordService passwords, ISecondFactorService factors)
    {
        var input = await RequestBody.ReadAsync<PasswordProof>(http);
        if (!string.IsNullOrWhiteSpace(input.Code))
        {
            return await factors.ConfirmAsync(http, input.Code, http.RequestAborted) switch
            {
                SecondFactorOutcome.Done => TypedResults.Ok(new MessageAnswer("The code is right; this session counts as just signed in.")),
                SecondFactorOutcome.WrongCode => ApiProblem.Invalid(new FieldError("Code", "This code is wrong, too old, or was used before. Enter the next one your app shows.")),
                SecondFactorOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many tries right now."),
                SecondFactorOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, ImpersonationWords.Refused),
                _ => new ApiProblem(StatusCodes.Status401Unauthorized, "This session is over. Sign in again."),
            };
        }

        return string.IsNullOrEmpty(input.Password)
            ? ApiProblem.Invalid(new FieldError("Password", "Enter your password."))
            : await passwords.ConfirmAsync(http, input.Password, http.RequestAborted) switch
            {
                PasswordOutcome.Done => TypedResults.Ok(new MessageAnswer("The password is right; this session counts as just signed in.")),
                var refused => Problem(refused),
            };
    }

    private static async Task<Results<Accepted<MessageAnswer>, ApiProblem>> ForgotAsync(HttpContext http, IRecoveryService recovery)
    {
        var input = await RequestBody.ReadAsync<ForgottenPassword>(http);
        return string.IsNullOrWhiteSpace(input.Email)
            ? ApiProblem.Invalid(new FieldError("Email", "Give the email address or username of the account."))
            : await recovery.RequestAsync(http, input.Email, http.RequestAborted) switch
            {
                RecoveryOutcome.Requested => TypedResults.Accepted((string?)null, new MessageAnswer("If there is such an account, a mail is on its way.")),
                var refused => Problem(refused),
            };
    }

    private static async Task<Results<Ok<EndedAnswer>, ApiProblem>> ResetAsync(HttpContext http, IRecoveryService recovery)
    {
        var input = await RequestBody.ReadAsync<PasswordReset>(http);
        return string.IsNullOrEmpty(input.Password)
            ? ApiProblem.Invalid(new FieldError("Password", "Choose a password."))
            : await recovery.ResetAsync(http, input.User ?? 0, input.Token, input.Password, http.RequestAborted) switch
            {
                RecoveryOutcome.Reset reset => TypedResults.Ok(new EndedAnswer(reset.EndedSessions, Changed: true)),
                var refused => Problem(refused),
            };
    }

    private static ApiProblem Problem(PasswordOutcome outcome) => outcome switch
    {
        PasswordOutcome.Wrong => ApiProblem.Invalid(new FieldError("Password", "This is not your password. Check it and try again.")),
        PasswordOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many tries right now."),
        PasswordOutcome.Disabled => new ApiProblem(StatusCodes.Status400BadRequest, "Password change is disabled."),
        PasswordOutcome.Impersonating => new ApiProblem(StatusCodes.Status403Forbidden, ImpersonationWords.Refused),
        PasswordOutcome.Gone => new ApiProblem(StatusCodes.Status401Unauthorized, "This session is over, or the password was changed elsewhere. Sign in again."),
        _ => throw new InvalidOperationException($"A password ended as {outcome.GetType().Name}, for which there is no answer."),
    };

    private static ApiProblem Problem(RecoveryOutcome outcome) => outcome switch
    {
        RecoveryOutcome.Invalid invalid => ApiProblem.Invalid(invalid.Errors),
        RecoveryOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many tries right now."),
        RecoveryOutcome.Disabled => new ApiProblem(StatusCodes.Status400BadRequest, "Password recovery is disabled."),
        RecoveryOutcome.Unusable unusable => ApiProblem.Invalid(new FieldError("Token", unusable.Status switch
        {
            OneTimeLinkStatus.Used => "This token was used already, or a newer one replaced it.",
            OneTimeLinkStatus.Expired => "This token has expired. POST /api/forgot-password sends a new one.",
            _ => "This token does not work. Perhaps it was cut in two, or it belongs to another user.",
        })),
        _ => throw new InvalidOperationException($"A recovery ended as {outcome.GetType().Name}, for which there is no answer."),
    };

    // Classes, not records: a record's text would show the password and the token.
    internal sealed class PasswordChange : IExample
    {
        public static object Example => new PasswordChange { Password = "lanterns drift over Utrecht", NewPassword = "windmills turn above Delft" };

        /// <summary>The present one.</summary>
        [Required]
        public string? Password { get; init; }

        /// <summary>The new one.</summary>
        [Required]
        public string? NewPassword { get; init; }
    }

    internal sealed class PasswordProof : IExample
    {
        public static object Example => new PasswordProof { Password = "lanterns drift over Utrecht" };

        /// <summary>The own password.</summary>
        public string? Password { get; init; }

        /// <summary>In place of the password, where the account has an authenticator app.</summary>
        public string? Code { get; init; }
    }

    internal sealed class ForgottenPassword : IExample
    {
        public static object Example => new ForgottenPassword { Email = "ada@example.org" };

        /// <summary>The address or the username of the account.</summary>
        [Required]
        public string? Email { get; init; }
    }

    internal sealed class PasswordReset : IExample
    {
        public static object Example => new PasswordReset { User = 7, Token = "pJ0k3X9Yq2c", Password = "windmills turn above Delft" };

        /// <summary>The number that stands in the link.</summary>
        [Required]
        public long? User { get; init; }

        /// <summary>The token that stands in the link; it works once.</summary>
        [Required]
        public string? Token { get; init; }

        /// <summary>The new password.</summary>
        [Required]
        public string? Password { get; init; }
    }
}

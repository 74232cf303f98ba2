using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Accounts;
using Portal.Accounts.Registration;
using Portal.Accounts.Sessions.Agents;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>Registering and confirming an address. None of it signs anybody in.</summary>
internal static class RegistrationApi
{
    public static void MapRegistration(this IEndpointRouteBuilder api)
    {
        var registration = api.MapGroup("").WithTags(ApiTags.Registration).AllowAnonymous();
        registration.MapPost("/register", RegisterAsync).Named("register", "Make an account; a mail tells how to go on, whether or not the address was free.").Takes<NewAccount>()
            .Refuses(StatusCodes.Status429TooManyRequests, "Too many registrations right now.");
        registration.MapPost("/confirm-email", ConfirmAsync).Named("confirmEmail", "Confirm an address with the token of the mail.").Takes<ConfirmationToken>();
        registration.MapPost("/send-confirmation-email", ResendAsync).Named("sendConfirmationEmail", "Have another mail sent to an address that waits; one answer for any address.").Takes<AddressBody>()
            .Refuses(StatusCodes.Status429TooManyRequests, "Too many mails were asked for.");
    }

    private static async Task<Results<Accepted<MessageAnswer>, ApiProblem>> RegisterAsync(HttpContext http, IRegistrationService registration)
    {
        var input = await RequestBody.ReadAsync<NewAccount>(http);
        var request = new RegistrationRequest
        {
            Email = input.Email ?? "",
            UserName = input.Username,
            Password = input.Password ?? "",
            Captcha = input.Recaptcha,
            Address = http.Connection.RemoteIpAddress,
            Agent = AgentInfo.Of(http.Request.Headers),
        };
        return await registration.RegisterAsync(request, http.RequestAborted) switch
        {
            RegistrationOutcome.Accepted => Accepted("A mail is on its way to this address; it says how to go on."),
            RegistrationOutcome.Invalid invalid => ApiProblem.Invalid(invalid.Errors),
            RegistrationOutcome.Throttled throttled => ApiProblem.TooMany(throttled.RetryAfter, "Too many registrations right now."),
            RegistrationOutcome.Disabled => new ApiProblem(StatusCodes.Status400BadRequest, "Registration is disabled."),
            var other => throw new InvalidOperationException($"A registration ended as {other.GetType().Name}, for which there is no answer."),
        };
    }

    private static async Task<Results<Ok<MessageAnswer>, ApiProblem>> ConfirmAsync(HttpContext http, IRegistrationService registration)
    {
        var input = await RequestBody.ReadAsync<ConfirmationToken>(http);
        return await registration.ConfirmAsync(http, input.User ?? 0, input.Token, http.RequestAborted) switch
        {
            OneTimeLinkStatus.Usable => TypedResults.Ok(new MessageAnswer("The address is confirmed.")),
            OneTimeLinkStatus.Used => Refused("This token was used already, or a newer one replaced it."),
            OneTimeLinkStatus.Expired => Refused("This token has expired. POST /api/send-confirmation-email sends a new one."),
            _ => Refused("This token does not work. Perhaps it was cut in two, or it belongs to another user."),
        };

        static ApiProblem Refused(string message) => ApiProblem.Invalid(new FieldError("Token", message));
    }

    private static async Task<Results<Accepted<MessageAnswer>, ApiProblem>> ResendAsync(HttpContext http, IRegistrationService registration)
    {
        var input = await RequestBody.ReadAsync<AddressBody>(http);
        if (string.IsNullOrWhiteSpace(input.Email))
        {
            return ApiProblem.Invalid(new FieldError("Email", "Give the email address of the account."));
        }

        return await registration.ResendAsync(input.Email, http.Connection.RemoteIpAddress, http.RequestAborted) is { } wait
            ? ApiProblem.TooMany(wait, "Too many mails were asked for.")
            : Accepted("If this address is waiting to be confirmed, a new mail is on its way.");
    }

    private static Accepted<MessageAnswer> Accepted(string message) => TypedResults.Accepted((string?)null, new MessageAnswer(message));

    // Classes, not records: a record's text would show the password and the token.
    internal sealed class NewAccount : IExample
    {
        public static object Example => new NewAccount { Email = "ada@example.org", Username = "ada", Password = "lanterns drift over Utrecht" };

        /// <summary>The address; the mail goes there.</summary>
        [Required]
        public string? Email { get; init; }

        /// <summary>The username; it can be left out.</summary>
        public string? Username { get; init; }

        /// <summary>The password.</summary>
        [Required]
        public string? Password { get; init; }

        /// <summary>The answer of reCAPTCHA, where the portal asks for one.</summary>
        public string? Recaptcha { get; init; }
    }

    internal sealed class ConfirmationToken : IExample
    {
        public static object Example => new ConfirmationToken { User = 7, Token = "pJ0k3X9Yq2c" };

        /// <summary>The number that stands in the link.</summary>
        [Required]
        public long? User { get; init; }

        /// <summary>The token that stands in the link; it works once.</summary>
        [Required]
        public string? Token { get; init; }
    }
}

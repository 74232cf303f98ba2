using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Captcha;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Registration;

/// <summary>Registers people. Confirmation is <see cref="EmailConfirmation"/>'s.</summary>
internal sealed partial class RegistrationService(
    IServiceScopeFactory scopes,
    EmailConfirmation confirmation,
    ConfirmationLinks confirmations,
    ICaptchaVerifier captcha,
    PasswordRules passwords,
    HashingQueue hashing,
    AttemptLimiter limiter,
    TakenAddress taken,
    AuditLog audit,
    Outbox outbox,
    RequestOrigins origins,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<RateLimitsOptions> limits,
    ILogger<RegistrationService> logger) : IRegistrationService
{
    private const string Action = "register";

    private static readonly TimeSpan RetryAfterRaces = TimeSpan.FromSeconds(5);

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Registration)!;

    public async Task<RegistrationOutcome> RegisterAsync(RegistrationRequest request, CancellationToken cancellationToken)
    {
        if (!accounts.Value.Registration)
        {
            return new RegistrationOutcome.Disabled();
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = NewUser(request);
        var (errors, isNameTaken) = await CheckAsync(users, user, request);
        if (isNameTaken && limiter.TryCount((AttemptLimiter.AddressKey("register", request.Address), limit.PerAddress)) is { Receipt: null, RetryAfter: var wait })
        {
            // Counted before it is told: it says that there is an account.
            return new RegistrationOutcome.Throttled(wait);
        }

        if (errors.Count > 0)
        {
            return new RegistrationOutcome.Invalid(errors);
        }

        // Last of the checks: a captcha's answer works once, and what was typed wrong should not use it up.
        if (await captcha.VerifyAsync(request.Captcha, Action, request.Address, cancellationToken) is var checkedBy and not CaptchaOutcome.Passed)
        {
            return new RegistrationOutcome.Invalid([new FieldError(nameof(request.Captcha), checkedBy.Describe())]);
        }

        var (receipt, retryAfter) = limiter.TryCount(
            ($"register:{users.NormalizeEmail(user.Email)}", limit),
            (AttemptLimiter.AddressKey("register", request.Address), limit.PerAddress));
        if (receipt is null)
        {
            return new RegistrationOutcome.Throttled(retryAfter);
        }

        // A site's own rules may ask a service: only for who has got this far.
        if (await passwords.CheckAsync(request.Password, new PasswordContext(user.Email, user.UserName), cancellationToken) is { Count: > 0 } refusals)
        {
            return new RegistrationOutcome.Invalid([.. refusals.Select(ToFieldError)]);
        }

        try
        {
            user.PasswordHash = await hashing.HashAsync(request.Password, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            receipt.GiveBack();
            return new RegistrationOutcome.Throttled(full.RetryAfter);
        }

        var hash = user.PasswordHash;
        var origin = origins.Of(request.Address, request.Agent);
        return await SaveAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), users, user, origin, cancellationToken)
            // Somebody took the address or the name since it was checked: once more tells which.
            ?? await SaveAgainAsync(request, hash, origin, cancellationToken)
            ?? new RegistrationOutcome.Throttled(RetryAfterRaces);
    }

    public Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken) =>
        confirmation.StatusOfAsync(userId, token, cancellationToken);

    public Task<MailOccasion?> RegisteredFromAsync(long userId, string? token, CancellationToken cancellationToken) =>
        confirmation.RegisteredFromAsync(userId, token, cancellationToken);

    public Task<OneTimeLinkStatus> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken) =>
        confirmation.ConfirmAsync(http, userId, token, cancellationToken);

    public Task<TimeSpan?> ResendAsync(string email, IPAddress? address, CancellationToken cancellationToken) =>
        confirmation.ResendAsync(email, address, cancellationToken);

    public Task<ResendOutcome> ResendAsync(long userId, string? token, IPAddress? address, CancellationToken cancellationToken) =>
        confirmation.ResendAsync(userId, token, address, cancellationToken);

    public Task<TimeSpan?> ResendAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => confirmation.ResendAsync(person, cancellationToken);

    private static User NewUser(RegistrationRequest request) => new()
    {
        Email = TypedText.Normalize(request.Email) ?? "",
        UserName = string.IsNullOrWhiteSpace(request.UserName) ? null : TypedText.Normalize(request.UserName) ?? "?",
    };

    private static FieldError ToFieldError(string ofPassword) => new("Password", ofPassword);

    private async Task<(IReadOnlyList<FieldError> Errors, bool IsNameTaken)> CheckAsync(
        UserManager<User> users, User user, RegistrationRequest request)
    {
        List<IdentityError> errors = [];
        foreach (var validator in users.UserValidators)
        {
            // That the address is taken is told by mail, never here.
            errors.AddRange((await validator.ValidateAsync(users, user)).Errors.Where(error => error.Code != UserValidator.EmailTakenCode));
        }

        var messages = passwords.Check(request.Password, new PasswordContext(user.Email, user.UserName));
        return (
            [.. errors.Select(UserValidator.FaultOf), .. messages.Select(ToFieldError)],
            errors.Any(error => error.Code is UserValidator.UserNameTakenCode));
    }

    private async Task<RegistrationOutcome?> SaveAgainAsync(RegistrationRequest request, string hash, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var user = NewUser(request);
        user.PasswordHash = hash;
        return await SaveAsync(
            scope.ServiceProvider.GetRequiredService<PortalDbContext>(),
            scope.ServiceProvider.GetRequiredService<UserManager<User>>(), user, origin, cancellationToken);
    }

    /// <summary>Makes the account, or writes to the address's owner; null when somebody was faster and nothing was done.</summary>
    private async Task<RegistrationOutcome?> SaveAsync(
        PortalDbContext context, UserManager<User> users, User user, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var normalized = users.NormalizeEmail(user.Email);
        var owner = await context.Users.AsNoTracking().SingleOrDefaultAsync(other => other.NormalizedEmail == normalized, cancellationToken);
        var now = time.GetUtcNow();
        if (owner is null)
        {
            UserDefaults.Apply(user, accounts.Value, now);
            var created = await CreateAsync(context, users, user);
            if (!created.Succeeded)
            {
                return created.Errors.Any(error => error.Code is UserValidator.EmailTakenCode)
                    ? null
                    : new RegistrationOutcome.Invalid([.. created.Errors.Select(UserValidator.FaultOf)]);
            }

            await audit.AddAsync(context, new AuditEntry(AuditKind.Registered, user.Id) { ActorId = user.Id, Origin = origin }, cancellationToken);
            await confirmations.AddAsync(context, user, origin.ToOccasion(now), isReplacement: false, cancellationToken);
        }
        else
        {
            await taken.TellOwnerAsync(context, users, user, owner, origin, cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        Log.Registered(logger, owner is null ? user.Id : null);
        return new RegistrationOutcome.Accepted();
    }

    private static async Task<IdentityResult> CreateAsync(PortalDbContext context, UserManager<User> users, User user)
    {
        try
        {
            return await users.CreateAsync(user);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().DuplicateEmail(user.Email!));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Registered user {UserId}; none when the address was taken.")]
        public static partial void Registered(ILogger logger, long? userId);
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn.External;

internal sealed partial class ExternalRegistration(
    IServiceScopeFactory scopes,
    FirstProof first,
    ExternalLinks identities,
    ConfirmationLinks confirmations,
    TakenAddress taken,
    AddressProof addresses,
    SessionEnder ender,
    AttemptLimiter limiter,
    AuditLog audit,
    Outbox outbox,
    RequestOrigins origins,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<RateLimitsOptions> limits,
    ILogger<ExternalRegistration> logger) : IExternalRegistration
{
    private static readonly TimeSpan RetryAfterRaces = TimeSpan.FromSeconds(5);

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Registration)!;

    public async Task<ExternalPersonInfo?> FindAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ProofOfAsync(http) is not { } proof)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var email = EmailAddress.TryParse(proof.Email, out var parsed) ? parsed.Value : null;
        var hasAccount = email is not null && proof.IsEmailVerified
            && await OwnerOfAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), Users(scope).NormalizeEmail(email), cancellationToken) is not null;
        return new ExternalPersonInfo(providers.Value.NameOf(proof.Provider), email, email is not null && proof.IsEmailVerified, hasAccount, proof.ReturnUrl);
    }

    public async Task<ExternalRegistrationOutcome> RegisterAsync(HttpContext http, string email, string? userName, CancellationToken cancellationToken)
    {
        if (!accounts.Value.Registration)
        {
            return new ExternalRegistrationOutcome.Disabled();
        }

        if (await ProofOfAsync(http) is not { } proof)
        {
            return new ExternalRegistrationOutcome.Gone();
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = Users(scope);
        var user = new User
        {
            Email = TypedText.Normalize(email) ?? "",
            UserName = string.IsNullOrWhiteSpace(userName) ? null : TypedText.Normalize(userName) ?? "?",
        };
        List<IdentityError> errors = [];
        foreach (var validator in users.UserValidators)
        {
            // That the address is taken is told by mail, or by who proved that it is theirs.
            errors.AddRange((await validator.ValidateAsync(users, user)).Errors.Where(error => error.Code != UserValidator.EmailTakenCode));
        }

        if (errors.Any(error => error.Code is UserValidator.UserNameTakenCode)
            && limiter.TryCount((AttemptLimiter.AddressKey("register", http.Connection.RemoteIpAddress), limit.PerAddress)) is { Receipt: null, RetryAfter: var wait })
        {
            // Counted before it is told: it says that there is an account.
            return new ExternalRegistrationOutcome.Throttled(wait);
        }

        if (errors.Count > 0)
        {
            return new ExternalRegistrationOutcome.Invalid([.. errors.Select(UserValidator.FaultOf)]);
        }

        var (receipt, retryAfter) = limiter.TryCount(
            ($"register:{users.NormalizeEmail(user.Email)}", limit), (AttemptLimiter.AddressKey("register", http.Connection.RemoteIpAddress), limit.PerAddress));
        if (receipt is null)
        {
            return new ExternalRegistrationOutcome.Throttled(retryAfter);
        }

        var isProved = proof.IsEmailVerified && users.NormalizeEmail(user.Email) == users.NormalizeEmail(TypedText.Normalize(proof.Email));
        var outcome = await SaveAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), users, user, proof, isProved, origins.Of(http), cancellationToken);
        if (outcome is ExternalRegistrationOutcome.SignedIn or ExternalRegistrationOutcome.Accepted or ExternalRegistrationOutcome.Blocked)
        {
            await http.SignOutAsync(ExternalSchemes.Proof);
        }

        return outcome is not ExternalRegistrationOutcome.SignedIn || await first.ContinueAsync(http, proof.For(user.Id), cancellationToken) is SignInOutcome.Succeeded
            ? outcome
            : new ExternalRegistrationOutcome.Blocked();
    }

    private static UserManager<User> Users(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<UserManager<User>>();

    private static async Task<ExternalProof?> ProofOfAsync(HttpContext http) =>
        await ExternalProof.OfAsync(http) is { Purpose: ExternalPurpose.SignIn } proof ? proof : null;

    private static Task<User?> OwnerOfAsync(PortalDbContext context, string? normalized, CancellationToken cancellationToken) =>
        context.Users.AsNoTracking().SingleOrDefaultAsync(other => other.NormalizedEmail == normalized, cancellationToken);

    private async Task<ExternalRegistrationOutcome> SaveAsync(
        PortalDbContext context, UserManager<User> users, User user, ExternalProof proof, bool isProved, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await proof.TakeAsync(context, time.GetUtcNow(), cancellationToken)
            || await context.UserLogins.AnyAsync(row => row.LoginProvider == proof.Provider && row.ProviderKey == proof.Subject, cancellationToken))
        {
            // Another tab was faster: signing in is all there is to do.
            return new ExternalRegistrationOutcome.Gone();
        }

        if (await OwnerOfAsync(context, users.NormalizeEmail(user.Email), cancellationToken) is { } owner)
        {
            return isProved
                ? new ExternalRegistrationOutcome.Invalid([new FieldError("Email", $"You have an account with this address. Sign in to it, then link {providers.Value.NameOf(proof.Provider)} under \"Linked identities\".")])
                : await TellOwnerAsync(context, users, user, owner, transaction, origin, cancellationToken);
        }

        UserDefaults.Apply(user, accounts.Value, time.GetUtcNow());
        try
        {
            if (await users.CreateAsync(user) is { Succeeded: false } refused)
            {
                return new ExternalRegistrationOutcome.Invalid([.. refused.Errors.Select(UserValidator.FaultOf)]);
            }

            await audit.AddAsync(context, new AuditEntry(AuditKind.Registered, user.Id) { ActorId = user.Id, Origin = origin }, cancellationToken);
            await identities.AddAsync(context, user, proof, origin, sessionId: null, cancellationToken);
            IReadOnlyList<Events.AccountEvent.SessionsEnded> ended = [];
            if (isProved)
            {
                ended = await addresses.ApplyAsync(context, user, origin, cancellationToken);
            }
            else
            {
                await confirmations.AddAsync(context, user, origin.ToOccasion(time.GetUtcNow()), isReplacement: false, cancellationToken);
            }

            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            ender.Announce(ended);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Somebody took the address, the name or the identity since they were looked up: another press tells which.
            return new ExternalRegistrationOutcome.Throttled(RetryAfterRaces);
        }

        outbox.Wake();
        Log.Registered(logger, user.Id, proof.Provider);
        return !user.IsActive ? new ExternalRegistrationOutcome.Blocked()
            : isProved || !accounts.Value.RequireConfirmedEmail ? new ExternalRegistrationOutcome.SignedIn(proof.ReturnUrl)
            : new ExternalRegistrationOutcome.Accepted();
    }

    private async Task<ExternalRegistrationOutcome> TellOwnerAsync(
        PortalDbContext context, UserManager<User> users, User user, User owner, IDbContextTransaction transaction, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await taken.TellOwnerAsync(context, users, user, owner, origin, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        Log.Registered(logger, null, "a provider");
        return new ExternalRegistrationOutcome.Accepted();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Registered user {UserId} by {Scheme}; none when the address was taken.")]
        public static partial void Registered(ILogger logger, long? userId, string scheme);
    }
}

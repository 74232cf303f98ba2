using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Accounts that operators make, and the first administrator's: the rules of registration.</summary>
internal sealed partial class AccountCreation(
    IServiceScopeFactory scopes,
    OperatorGuard guard,
    Memberships memberships,
    UserStates states,
    PasswordRules passwords,
    ProfileSchema schema,
    HashingQueue hashing,
    InvitationLinks invitations,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    ILogger<AccountCreation> logger)
{
    /// <summary>Makes an account without a password and mails its person the link by which they choose one.</summary>
    public Task<AdminOutcome> InviteAsync(Invitation invitation, Operator by, CancellationToken cancellationToken) => MakeAsync(
        new NewUser { Email = invitation.Email, UserName = invitation.UserName, Password = "", IsActive = true, Profile = invitation.Profile, Roles = invitation.Roles },
        isInvitation: true,
        by,
        origin: null,
        use: null,
        cancellationToken);

    /// <summary>Makes the account for an operator.</summary>
    public Task<AdminOutcome> CreateAsync(NewUser request, Operator by, CancellationToken cancellationToken) =>
        MakeAsync(request, isInvitation: false, by, origin: null, use: null, cancellationToken);

    /// <summary>Makes the account for its own person.</summary>
    /// <param name="request">What is known of them.</param>
    /// <param name="origin">From where they make it.</param>
    /// <param name="use">Proves that they may. Runs first in the transaction; what it answers, if anything, refuses everything with nothing changed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<AdminOutcome> CreateOwnAsync(
        NewUser request, AuditOrigin origin, Func<PortalDbContext, Task<FieldError?>> use, CancellationToken cancellationToken) =>
        MakeAsync(request, isInvitation: false, by: null, origin, use, cancellationToken);

    /// <summary>All that would be refused of what is known of them, without making anything. Empty when nothing.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(NewUser request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = Named(request);
        return [.. await CheckAsync(users, user), .. await CheckPasswordAsync(request, user, cancellationToken)];
    }

    private async Task<AdminOutcome> MakeAsync(
        NewUser request, bool isInvitation, Operator? by, AuditOrigin? origin, Func<PortalDbContext, Task<FieldError?>>? use, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var context = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var now = time.GetUtcNow();
        var user = Named(request);
        (user.IsActive, user.EmailConfirmed, user.ConfirmedAt) = (request.IsActive, request.IsConfirmed, request.IsConfirmed ? now : null);
        UserDefaults.Apply(user, accounts.Value, now);

        List<FieldError> errors = isInvitation ? [] : [.. await CheckPasswordAsync(request, user, cancellationToken)];
        var (profile, faults) = schema.Read(request.Profile);
        user.Profile = profile ?? user.Profile;
        errors.AddRange(faults.Select(fault => new FieldError("Profile", fault)));
        if (errors.Count > 0)
        {
            errors.InsertRange(0, await CheckAsync(users, user));
            return new AdminOutcome.Refused(errors);
        }

        try
        {
            user.PasswordHash = isInvitation ? null : await hashing.HashAsync(request.Password, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            return new AdminOutcome.Busy(full.RetryAfter);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (by is not null && await guard.RefuseAsync(context, by, isSensitive: request.Roles.Count > 0, cancellationToken) is { } notAllowed)
        {
            return notAllowed;
        }

        if (use is not null && await use(context) is { } refused)
        {
            return new AdminOutcome.Refused([refused]);
        }

        IdentityResult created;
        try
        {
            created = await users.CreateAsync(user);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return new AdminOutcome.Refused([new FieldError("Email", "Somebody has taken this address or username just now. Choose another.") { IsTaken = true }]);
        }

        if (!created.Succeeded)
        {
            return new AdminOutcome.Refused([.. created.Errors.Select(UserValidator.FaultOf)]);
        }

        var act = new OperatorAct(by ?? Operator.Oneself(user.Id, origin));
        await audit.AddAsync(context, act.Entry(
            AuditKind.AccountCreated,
            user.Id,
            ("reason", by is null ? "setup" : isInvitation ? "invitation" : "operator"),
            ("after", new { active = user.IsActive, confirmed = request.IsConfirmed })), cancellationToken);
        foreach (var name in request.Roles)
        {
            if (await memberships.FindOrMakeRoleAsync(context, name, act.By, cancellationToken) is not { } role)
            {
                return new AdminOutcome.NotFound($"There is no role \"{name}\".");
            }

            if (!role.IsManaged)
            {
                return new AdminOutcome.Refused([Memberships.ProvidedElsewhere]);
            }

            await memberships.AddAsync(context, user.Id, role, act, cancellationToken);
        }

        if (request.Roles.Count > 0)
        {
            // With each role the row became another version, which saving it below must know.
            await context.Entry(user).ReloadAsync(cancellationToken);
        }

        if (request.IsConfirmed)
        {
            await EmailDomainRules.RememberAsync(context, user.Domain!, cancellationToken);
            if (await EmailDomainRules.StatusOfAsync(context, user.Domain!, cancellationToken) is EmailDomainStatus.Verified)
            {
                await states.TrustAsync(context, user, act.Entry(AuditKind.Verified, user.Id, ("domain", user.Domain)), cancellationToken);
            }
        }

        if (isInvitation)
        {
            await invitations.AddAsync(context, user, cancellationToken);
            await audit.AddAsync(context, act.Entry(AuditKind.Invited, user.Id), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        Log.Created(logger, user.Id);
        return new AdminOutcome.Done();
    }

    private static User Named(NewUser request) => new()
    {
        Email = TypedText.Normalize(request.Email) ?? "",
        UserName = string.IsNullOrWhiteSpace(request.UserName) ? null : TypedText.Normalize(request.UserName) ?? "?",
    };

    private async Task<IEnumerable<FieldError>> CheckPasswordAsync(NewUser request, User user, CancellationToken cancellationToken) =>
        (await passwords.CheckAsync(request.Password, new PasswordContext(user.Email!, user.UserName), cancellationToken)).Select(message => new FieldError("Password", message));

    private static async Task<IEnumerable<FieldError>> CheckAsync(UserManager<User> users, User user)
    {
        List<FieldError> errors = [];
        foreach (var validator in users.UserValidators)
        {
            errors.AddRange((await validator.ValidateAsync(users, user)).Errors.Select(UserValidator.FaultOf));
        }

        return errors;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Made user {UserId} for an operator.")]
        public static partial void Created(ILogger logger, long userId);
    }
}

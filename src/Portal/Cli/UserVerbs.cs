using System.CommandLine;
using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;

namespace Portal.Cli;

/// <summary><c>users …</c></summary>
internal static class UserVerbs
{
    /// <summary>What the log keeps where somebody gave none.</summary>
    public const string NoReason = "none given (command line)";

    private const string UsualSort = "id";

    public static Command Make(VerbRunner runner) => new Verb("users", "Make, show, move and delete users.")
    {
        Create(runner),
        UserEditVerbs.Invite(runner),
        UserEditVerbs.Edit(runner),
        List(runner),
        Show(runner),
        Change(runner, "block", "Block somebody for misuse: they cannot sign in, and all their sessions end.", "is blocked", Move(UserMove.Block)),
        Change(runner, "verify", "Trust somebody: verified, active, address confirmed.", "is verified", Move(UserMove.Verify)),
        Change(runner, "unverify", "Trust somebody no more; everything else stays.", "is not verified", Move(UserMove.Unverify)),
        Change(runner, "confirm-email", "Take somebody's address for confirmed without its link.", "has a confirmed address", Move(UserMove.ConfirmEmail)),
        Delete(runner),
        ResetPassword(runner),
        Change(runner, "remove-factor", "Remove a second factor that somebody lost, and end all their sessions. A mail tells them.", "has no second factor", RemoveFactor),
        UserEditVerbs.RemovePasskey(runner),
        Change(runner, "activate", "Let somebody sign in: active, not blocked, address confirmed unless its domain is blocked, too many wrong passwords in a row forgiven.", "can sign in", Move(UserMove.Activate)),
        Change(runner, "deactivate", "Take somebody's right to sign in and end all their sessions.", "cannot sign in", Move(UserMove.Deactivate)),
        UserBatchVerbs.Make(runner),
        TransferVerbs.Import(runner),
        TransferVerbs.Export(runner),
    };

    /// <summary>A user as every verb takes them.</summary>
    public static Argument<string> UserArgument() => new("USER") { Description = "An id, an email address or a username." };

    private static Verb Create(VerbRunner runner)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address." };
        var active = new Option<bool>("--active", "-a") { Description = "They may sign in at once." };
        var confirmed = new Option<bool>("--confirm", "-c") { Description = "The address counts as confirmed." };
        var name = new Option<string?>("--username", "-u") { Description = "A username.", HelpName = "NAME" };
        var profile = new Option<string?>("--profile", "-p") { Description = "A JSON object of profile fields, such as full_name and affiliations.", HelpName = "JSON" };
        var roles = new Option<string[]>("--role") { Description = "A role they get; may be given several times.", HelpName = "ROLE", DefaultValueFactory = _ => [] };
        var password = new NewPassword();
        var verb = new Verb(
            "create",
            "Make an account. Nothing is mailed. Without --password and --password-stdin the password is asked for twice.",
            "Portal users create ada@example.org -a -c",
            "Portal users create ada@example.org -a -c -u ada --role admin --password-stdin < password.txt",
            """Portal users create ada@example.org --profile '{"full_name": "Ada Lovelace"}' --password-stdin --json""")
        {
            email,
            active,
            confirmed,
            name,
            profile,
            roles,
        };
        password.AddTo(verb, runner.Console);
        return verb.Does(runner, async run =>
        {
            var user = new NewUser
            {
                Email = run.Parsed.GetRequiredValue(email),
                UserName = run.Parsed.GetValue(name),
                Password = await password.ReadAsync(run),
                IsActive = run.Parsed.GetValue(active),
                IsConfirmed = run.Parsed.GetValue(confirmed),
                Profile = run.Parsed.GetValue(profile),
                Roles = run.Parsed.GetValue(roles) ?? [],
            };
            VerbRun.Expect(await run.Door<IUserAdmin>().CreateAsync(user, Operator.CommandLine, run.CancellationToken));
            var made = UserRow.Of(await run.FindUserAsync(user.Email.Trim()));
            run.Print.Answer(made, $"Made user {made.Id}, {made.Email}: {made.State}.");
        });
    }

    private static Verb List(VerbRunner runner)
    {
        var (filter, limit) = (new UserFilterOptions(), VerbOptions.Limit());
        var sort = VerbOptions.Sort(UsualSort, UserSortNames.All);
        var verb = new Verb(
            "list",
            "List users, all or those who are all of what is named.",
            "Portal users list",
            "Portal users list --state inactive --domain example.org --sort=-created --json",
            "Portal users list -q lovelace --limit 20") { sort, limit };
        filter.AddTo(verb);
        return verb.Reads(runner, async run =>
        {
            var (which, order) = (filter.Read(run.Parsed.CommandResult), run.Parsed.GetRequiredValue(sort));
            await run.Print.ListAsync(
                VerbRun.PagesAsync(
                    async window =>
                    {
                        var page = await run.Door<IUserList>().ListAsync(which, UserSortNames.FromName(order.TrimStart('-'))!.Value, order.StartsWith('-'), window, run.CancellationToken);
                        return page.IsSorted ? page : Unsorted(run, page, sort, limit);
                    },
                    ListedUserRow.Of,
                    run.Parsed.GetValue(limit)),
                ["ID", "EMAIL", "USERNAME", "STATE", "ROLES", "LAST SIGN-IN"],
                user => [user.Id.ToString(CultureInfo.InvariantCulture), user.Email, user.Username, user.State, user.RoleNames, VerbPrinter.Moment(user.LastLoginAt)]);
        });
    }

    /// <summary>Of very many whom a text finds a page comes as the index has it, and of beginnings of one or two letters only the first 10,000.</summary>
    /// <exception cref="VerbFailureException">More was asked for.</exception>
    private static ListPage<ListedUserInfo> Unsorted(VerbRun run, ListPage<ListedUserInfo> page, Option<string> sort, Option<long?> limit) =>
        run.Parsed.GetResult(sort) is { Implicit: false } ? throw new VerbFailureException("More than 10,000 people have this text, too many to sort. Name more of it or another condition, or leave out --sort.")
        : !page.IsWhole && !(run.Parsed.GetValue(limit) <= ListTotal.Most) ? throw new VerbFailureException("More than 10,000 people begin with this text. Name three letters or more or another condition, or take no more than --limit 10000.")
        : page;

    private static Verb Show(VerbRunner runner)
    {
        var user = UserArgument();
        return new Verb("show", "Show one user.", "Portal users show ada@example.org") { user }.Reads(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(user);
            var details = await run.Door<IUserAdmin>().DetailsAsync(asked, run.CancellationToken) ?? throw new VerbFailureException($"There is no user \"{asked}\".");
            var found = ShownUserRow.Of(details);
            run.Print.Answer(found, $"""
                Id            {found.Id}
                Email         {found.Email}
                Username      {found.Username ?? "-"}
                State         {found.State}
                Roles         {(found.Roles.Count > 0 ? found.RoleNames : "-")}
                Confirmed     {VerbPrinter.Moment(found.ConfirmedAt) ?? "-"}
                Verified      {VerbPrinter.Moment(found.VerifiedAt) ?? "-"}
                Blocked       {VerbPrinter.Moment(found.BlockedAt) ?? "-"}
                Last sign-in  {VerbPrinter.Moment(found.LastLoginAt) ?? "-"}
                Created       {VerbPrinter.Moment(found.Created)}
                Password      {(found.HasPassword ? "yes" : found.Invited ? "not yet: invited" : "no")}
                Second factor {(found.SecondFactorSince is { } since ? $"since {VerbPrinter.Moment(since)}; recovery codes left: {found.RecoveryCodesLeft}" : "-")}
                Passkeys      {(found.Passkeys.Count > 0 ? string.Join("; ", found.Passkeys.Select(passkey => $"{passkey.Id} ({VerbPrinter.Line(passkey.Name)})")) : "-")}
                Providers     {(found.Providers.Count > 0 ? string.Join(", ", found.Providers) : "-")}
                Profile       {Listed(found.Profile)}
                Preferences   {Listed(found.Preferences)}
                """);
        });
    }

    private static string Listed(IReadOnlyDictionary<string, string?> values) =>
        string.Join("; ", values.Where(value => value.Value is not null).Select(value => $"{value.Key}: {VerbPrinter.Line(value.Value!)}").DefaultIfEmpty("-"));

    /// <summary>An option that every verb takes which takes something from somebody.</summary>
    public static Option<string?> ReasonOption() => new("--reason") { Description = "Why; kept in the log of security events.", HelpName = "TEXT" };

    private static Func<IUserAdmin, string, string?, CancellationToken, Task<AdminOutcome>> Move(UserMove move) =>
        (admin, user, reason, cancellationToken) => admin.MoveAsync(
            user, move, reason ?? (move is UserMove.Block ? NoReason : null), Operator.CommandLine, cancellationToken);

    private static Task<AdminOutcome> RemoveFactor(IUserAdmin admin, string user, string? reason, CancellationToken cancellationToken) =>
        admin.RemoveFactorAsync(user, reason ?? NoReason, Operator.CommandLine, cancellationToken);

    private static Verb Delete(VerbRunner runner)
    {
        var (user, reason) = (UserArgument(), ReasonOption());
        return new Verb(
            "delete",
            "Delete somebody's account for good. The log keeps that and why, without what is personal.",
            "Portal users delete ada@example.org --reason \"asked for it by letter\"") { user, reason }.Does(runner, async run =>
        {
            var found = UserRow.Of(await run.FindUserAsync(run.Parsed.GetRequiredValue(user)));
            var (_, ended) = VerbRun.Expect(await run.Door<IUserAdmin>().DeleteAsync(
                found.Id.ToString(CultureInfo.InvariantCulture), run.Parsed.GetValue(reason) ?? NoReason, Operator.CommandLine, cancellationToken: run.CancellationToken));
            run.Print.Answer(
                new { Changed = true, Ended = ended, User = found },
                $"Deleted user {found.Id}, {found.Email}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}");
        });
    }

    private static Verb ResetPassword(VerbRunner runner)
    {
        var user = UserArgument();
        return new Verb(
            "reset-password",
            "Mail somebody a link for a new password; to who was invited and has none yet, another invitation.",
            "Portal users reset-password ada@example.org") { user }.Does(runner, async run =>
        {
            var found = UserRow.Of(await run.FindUserAsync(run.Parsed.GetRequiredValue(user)));
            VerbRun.Expect(await run.Door<IUserAdmin>().SendResetAsync(found.Id.ToString(CultureInfo.InvariantCulture), Operator.CommandLine, run.CancellationToken));
            run.Print.Answer(new { Changed = true, User = found }, $"A mail with a link goes to {found.Email}.");
        });
    }

    private static Verb Change(
        VerbRunner runner, string name, string description, string outcome, Func<IUserAdmin, string, string?, CancellationToken, Task<AdminOutcome>> change)
    {
        var (user, reason) = (UserArgument(), ReasonOption());
        return new Verb(name, description, $"Portal users {name} ada@example.org") { user, reason }.Does(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(user);
            var (changed, ended) = VerbRun.Expect(await change(run.Door<IUserAdmin>(), asked, run.Parsed.GetValue(reason), run.CancellationToken));
            var now = UserRow.Of(await run.FindUserAsync(asked));
            run.Print.Answer(
                new { Changed = changed, Ended = ended, User = now },
                $"{now.Email} {outcome}{(changed ? "" : ", as before")}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}");
        });
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Cli;

/// <summary>Those of <c>users …</c> that make an account for somebody to take over, change one, and take a passkey from it.</summary>
internal static class UserEditVerbs
{
    public static Verb Invite(VerbRunner runner)
    {
        var email = new Argument<string>("EMAIL") { Description = "The address; the mail goes there." };
        var name = new Option<string?>("--username", "-u") { Description = "A username.", HelpName = "NAME" };
        var profile = new Option<string?>("--profile", "-p") { Description = "A JSON object of profile fields, such as full_name and affiliations.", HelpName = "JSON" };
        var roles = new Option<string[]>("--role") { Description = "A role they get; may be given several times.", HelpName = "ROLE", DefaultValueFactory = _ => [] };
        return new Verb(
            "invite",
            "Make an account for somebody and mail them a link by which they choose their own password.",
            "Portal users invite ada@example.org --role curator") { email, name, profile, roles }.Does(runner, async run =>
        {
            var invitation = new Invitation
            {
                Email = run.Parsed.GetRequiredValue(email),
                UserName = run.Parsed.GetValue(name),
                Profile = run.Parsed.GetValue(profile),
                Roles = run.Parsed.GetValue(roles) ?? [],
            };
            VerbRun.Expect(await run.Door<IUserAdmin>().InviteAsync(invitation, Operator.CommandLine, run.CancellationToken));
            var made = UserRow.Of(await run.FindUserAsync(invitation.Email.Trim()));
            run.Print.Answer(made, $"Made user {made.Id}; an invitation goes to {made.Email}.");
        });
    }

    public static Verb Edit(VerbRunner runner)
    {
        var user = UserVerbs.UserArgument();
        var email = new Option<string?>("--email") { Description = "Another address; it counts once its person follows the link mailed to it.", HelpName = "EMAIL" };
        var name = new Option<string?>("--username", "-u") { Description = "Another username; empty takes it away.", HelpName = "NAME" };
        var profile = new Option<string?>("--profile", "-p") { Description = "A JSON object of the profile fields to change; null empties one.", HelpName = "JSON" };
        var preferences = new Option<string?>("--preferences") { Description = "The same of preferences.", HelpName = "JSON" };
        var reason = UserVerbs.ReasonOption();
        return new Verb(
            "edit",
            "Change what is named of somebody's account.",
            "Portal users edit ada@example.org --username ada",
            """Portal users edit ada --profile '{"affiliations": "University of London"}'""") { user, email, name, profile, preferences, reason }.Does(runner, async run =>
        {
            Dictionary<string, string?> changes = [];
            if (run.Parsed.GetValue(email) is { } address)
            {
                changes[UserEdit.Email] = address;
            }

            if (run.Parsed.GetValue(name) is { } called)
            {
                changes[UserEdit.UserName] = called;
            }

            Collect("--profile", run.Parsed.GetValue(profile), PreferenceNames.ProfilePrefix, changes);
            Collect("--preferences", run.Parsed.GetValue(preferences), PreferenceNames.PreferencesPrefix, changes);
            // By number: the very name that was asked by may be what changes.
            var number = (await run.FindUserAsync(run.Parsed.GetRequiredValue(user))).Id.ToString(CultureInfo.InvariantCulture);
            var edit = new UserEdit(changes) { Reason = run.Parsed.GetValue(reason) ?? UserVerbs.NoReason };
            var (changed, _) = VerbRun.Expect(await run.Door<IUserAdmin>().EditAsync(number, edit, Operator.CommandLine, run.CancellationToken));
            var now = UserRow.Of(await run.FindUserAsync(number));
            run.Print.Answer(new { Changed = changed, User = now }, changed ? $"Changed user {now.Id}, {now.Email}." : $"{now.Email} stays as it was.");
        });
    }

    public static Verb RemovePasskey(VerbRunner runner)
    {
        var (user, passkey, reason) = (UserVerbs.UserArgument(), new Argument<string>("PASSKEY") { Description = "The passkey's id, as users show has it." }, UserVerbs.ReasonOption());
        return new Verb(
            "remove-passkey",
            "Remove a passkey that somebody lost or that is not theirs, and end all their sessions. A mail tells them.",
            "Portal users remove-passkey ada@example.org 0197d1c2f4a87c3e9b5d3f1d0a6c2b11 --reason \"lost the laptop\"") { user, passkey, reason }.Does(runner, async run =>
        {
            var found = UserRow.Of(await run.FindUserAsync(run.Parsed.GetRequiredValue(user)));
            var (changed, ended) = VerbRun.Expect(await run.Door<IUserAdmin>().RemovePasskeyAsync(
                found.Id.ToString(CultureInfo.InvariantCulture),
                run.Parsed.GetRequiredValue(passkey),
                run.Parsed.GetValue(reason) ?? UserVerbs.NoReason,
                Operator.CommandLine,
                run.CancellationToken));
            run.Print.Answer(
                new { Changed = changed, Ended = ended, User = found },
                $"{found.Email} {(changed ? "does not have this passkey any more" : "has no such passkey")}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}");
        });
    }

    private static void Collect(string option, string? json, string prefix, Dictionary<string, string?> changes)
    {
        try
        {
            foreach (var (name, value) in json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?>>(json) ?? [])
            {
                changes[prefix + name] = value;
            }
        }
        catch (JsonException)
        {
            throw new VerbFailureException($"{option} takes a JSON object whose members are texts or null.");
        }
    }
}

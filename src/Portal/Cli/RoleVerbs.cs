using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>roles …</c></summary>
internal static class RoleVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("roles", "Make roles, give, take and delete them.")
    {
        Create(runner),
        Member(runner, "add", "Give somebody a role; it counts in their open pages too.", "has", "has", (admin, user, role, cancellationToken) => admin.AddAsync(user, role, Operator.CommandLine, cancellationToken)),
        Member(runner, "remove", "Take a role from somebody. The last administrator keeps theirs.", "no longer has", "does not have", (admin, user, role, cancellationToken) => admin.RemoveAsync(user, role, Operator.CommandLine, cancellationToken)),
        List(runner),
        Members(runner),
        Edit(runner),
        Delete(runner),
    };

    private static Verb Create(VerbRunner runner)
    {
        var name = NameArgument();
        var description = new Option<string?>("--description", "-d") { Description = "What it is for.", HelpName = "D" };
        return new Verb("create", "Make a role. One of that name is left as it is.", "Portal roles create curator -d \"Looks after collections\"") { name, description }
            .Does(runner, async run =>
            {
                var asked = run.Parsed.GetRequiredValue(name).Trim();
                var admin = run.Door<IRoleAdmin>();
                var (changed, _) = VerbRun.Expect(await admin.CreateAsync(asked, run.Parsed.GetValue(description), Operator.CommandLine, run.CancellationToken));
                var role = RoleRow.Of((await admin.ListAsync(run.CancellationToken)).First(role => role.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)));
                run.Print.Answer(new { Changed = changed, Role = role }, changed ? $"Made role {role.Name}." : $"There is a role {role.Name} already.");
            });
    }

    private static Verb Members(VerbRunner runner)
    {
        var name = NameArgument();
        return new Verb("members", "List who has a role.", "Portal roles members curator") { name }.Reads(runner, async run =>
        {
            var (admin, role) = (run.Door<IRoleAdmin>(), await FindAsync(run, run.Parsed.GetRequiredValue(name)));
            await run.Print.ListAsync(
                VerbRun.PagesAsync(
                    window => admin.MembersAsync(role.Role.Id, window, run.CancellationToken),
                    member => new { Id = member.UserId, member.Email, Username = member.UserName, Active = member.IsActive }),
                ["ID", "EMAIL", "USERNAME", "STATE"],
                member => [member.Id.ToString(CultureInfo.InvariantCulture), member.Email, member.Username, member.Active ? "active" : "inactive"]);
        });
    }

    private static Verb Edit(VerbRunner runner)
    {
        var name = NameArgument();
        var newName = new Option<string?>("--name") { Description = "What it is called from now on.", HelpName = "NAME" };
        var description = new Option<string?>("--description", "-d") { Description = "What it is for; empty for nothing.", HelpName = "D" };
        return new Verb("edit", "Rename a role or describe it anew.", "Portal roles edit curator -d \"Looks after collections\"") { name, newName, description }.Does(runner, async run =>
        {
            var number = (await FindAsync(run, run.Parsed.GetRequiredValue(name))).Role.Id.ToString(CultureInfo.InvariantCulture);
            var edit = new RoleEdit(run.Parsed.GetValue(newName), run.Parsed.GetValue(description));
            var (changed, _) = VerbRun.Expect(await run.Door<IRoleAdmin>().EditAsync(number, edit, Operator.CommandLine, run.CancellationToken));
            var now = RoleRow.Of((await FindAsync(run, number)).Role);
            run.Print.Answer(new { Changed = changed, Role = now }, changed ? $"Changed role {now.Name}." : $"{now.Name} stays as it was.");
        });
    }

    private static Argument<string> NameArgument() => new("NAME") { Description = "The role's name." };

    private static async Task<RoleDetails> FindAsync(VerbRun run, string role) =>
        await run.Door<IRoleAdmin>().FindAsync(role, run.CancellationToken) ?? throw new VerbFailureException($"There is no role \"{role}\".");

    private static Verb Delete(VerbRunner runner)
    {
        var name = NameArgument();
        return new Verb("delete", "Delete a role; its members lose it, in their open pages too.", "Portal roles delete curator") { name }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IRoleAdmin>(), run.Parsed.GetRequiredValue(name));
            var found = await FindAsync(run, asked);
            var outcome = await admin.DeleteAsync(
                found.Role.Id.ToString(CultureInfo.InvariantCulture), Operator.CommandLine, progress: run.Progress("people"), cancellationToken: run.CancellationToken);
            VerbRun.Expect(outcome);
            var done = outcome as AdminOutcome.Done;
            if (done is { IsStopped: true })
            {
                throw new VerbFailureException(string.Create(
                    CultureInfo.InvariantCulture, $"Ended early. People who lost role {found.Role.Name}: {done.Members}; the others still have it. Delete it again to go on."));
            }

            run.Print.Answer(
                new { Changed = true, Role = RoleRow.Of(found.Role), done?.Members },
                string.Create(CultureInfo.InvariantCulture, $"Deleted role {found.Role.Name}; people who lost it: {done?.Members}."));
        });
    }

    private static Verb Member(
        VerbRunner runner, string name, string description, string now, string before, Func<IRoleAdmin, string, string, CancellationToken, Task<AdminOutcome>> change)
    {
        var user = UserVerbs.UserArgument();
        var role = new Argument<string>("ROLE") { Description = "A role's name; the administrators' is admin." };
        return new Verb(name, description, $"Portal roles {name} ada@example.org admin") { user, role }.Does(runner, async run =>
        {
            var (who, what) = (run.Parsed.GetRequiredValue(user), run.Parsed.GetRequiredValue(role));
            var (changed, _) = VerbRun.Expect(await change(run.Door<IRoleAdmin>(), who, what, run.CancellationToken));
            var found = UserRow.Of(await run.FindUserAsync(who));
            run.Print.Answer(new { Changed = changed, User = found }, changed ? $"{found.Email} {now} the role {what}." : $"{found.Email} {before} the role {what}, as before.");
        });
    }

    private static Verb List(VerbRunner runner) =>
        new Verb("list", "List all roles by name.", "Portal roles list").Reads(runner, async run => await run.Print.ListAsync(
            [.. (await run.Door<IRoleAdmin>().ListAsync(run.CancellationToken)).Select(RoleRow.Of)],
            ["ID", "NAME", "DESCRIPTION"],
            role => [role.Id.ToString(CultureInfo.InvariantCulture), role.Name, role.Description]));
}

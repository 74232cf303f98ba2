using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Mail;
using Portal.Accounts.Registration;
using Portal.Accounts.Users;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Administration;

public sealed class EditingUsersTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private static readonly string FullName = PreferenceNames.OfProfile("full_name");

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    [Fact]
    public async Task Names_profile_and_preferences_change_and_the_log_names_who_did_it()
    {
        var (admin, user) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync());

        Assert.IsType<AdminOutcome.Done>(await EditAsync(
            user, await _host.OperatorAsync(admin), (UserEdit.UserName, "renamed-one"), (FullName, "A Name"), (PreferenceNames.Visibility, "public")));

        var now = (await Users.DetailsAsync(user.Email, Token))!;
        Assert.Equal(("renamed-one", "A Name", "public"), (now.User.UserName, now.Values[FullName], now.Values[PreferenceNames.Visibility]));
        var rows = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == user.Id && row.ActorId == admin.Id).Select(row => row.Kind);
        Assert.Equal(["profile-changed", "preferences-changed", "user-name-changed"], rows);
    }

    [Fact]
    public async Task The_log_keeps_what_profile_and_preferences_held_before_and_after_until_the_person_is_gone()
    {
        var user = await _host.CreateUserAsync();
        await EditAsync(user, Operator.CommandLine, (FullName, "First"));
        await EditAsync(user, Operator.CommandLine, (FullName, "Second"), (PreferenceNames.Visibility, "public"));

        var details = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == user.Id && row.Kind is "profile-changed" or "preferences-changed").Select(row => row.Details);
        Assert.Equal(
            [
                """{"before":{"full_name":null},"after":{"full_name":"First"}}""",
                """{"before":{"full_name":"First"},"after":{"full_name":"Second"}}""",
                """{"before":{"visibility":"restricted"},"after":{"visibility":"public"}}""",
            ],
            details);

        Assert.IsType<AdminOutcome.Done>(await Users.DeleteAsync(user.Email, "Asked for it.", Operator.CommandLine, cancellationToken: Token));
        Assert.DoesNotContain(await _host.AuditRowsAsync(), row => row.SubjectId == user.Id && row.Details is not null && row.Kind is "profile-changed" or "preferences-changed");
    }

    [Fact]
    public async Task Who_comes_second_is_told_what_is_there_and_what_they_typed()
    {
        var user = await _host.CreateUserAsync();
        var read = (await Users.DetailsAsync(user.Email, Token))!;
        await EditAsync(user, Operator.CommandLine, (FullName, "First"));

        var mine = new UserEdit(new Dictionary<string, string?> { [FullName] = "Second", [PreferenceNames.Visibility] = "public" }) { Before = read.Values };
        var conflict = Assert.IsType<AdminOutcome.Conflict>(await Users.EditAsync(user.Email, mine, Operator.CommandLine, Token));

        Assert.Equal([new FieldConflict(FullName, "First", "Second")], conflict.Fields);
        Assert.Equal("restricted", (await Users.DetailsAsync(user.Email, Token))!.Values[PreferenceNames.Visibility]);
        // Told of it, they may go over it; what others changed in other fields stands in nobody's way.
        Assert.IsType<AdminOutcome.Done>(await Users.EditAsync(user.Email, mine with { Before = null, Version = conflict.Version }, Operator.CommandLine, Token));
        Assert.Equal("Second", (await Users.DetailsAsync(user.Email, Token))!.Values[FullName]);
    }

    [Fact]
    public async Task An_old_version_is_a_conflict_only_where_something_else_is_wanted()
    {
        var user = await _host.CreateUserAsync();
        var old = (await Users.DetailsAsync(user.Email, Token))!.Version;
        await EditAsync(user, Operator.CommandLine, (FullName, "First"));

        Assert.IsType<AdminOutcome.Unchanged>(await Users.EditAsync(user.Email, new UserEdit(new Dictionary<string, string?> { [FullName] = "First" }) { Version = old }, Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.Conflict>(await Users.EditAsync(user.Email, new UserEdit(new Dictionary<string, string?> { [FullName] = "Second" }) { Version = old }, Operator.CommandLine, Token));
    }

    [Fact]
    public async Task Another_address_is_unconfirmed_until_its_link_is_followed_and_both_are_told()
    {
        var user = await _host.CreateUserAsync();
        var target = $"moved-{user.Id}@example.org";

        Assert.IsType<AdminOutcome.Done>(await EditAsync(user, Operator.CommandLine, (UserEdit.Email, target)));

        var now = (await Users.FindAsync(target, Token))!;
        Assert.Equal((user.Id, null), (now.Id, now.ConfirmedAt));
        var toNew = Assert.IsType<AccountMail.ConfirmEmail>(Assert.Single(await _host.PromisedAsync(target)));
        Assert.True(toNew.IsReplacement);
        var toOld = Assert.IsType<AccountMail.EmailChanged>(Assert.Single(await _host.PromisedAsync(user.Email)));
        Assert.Equal((user.Email, target, null), (toOld.OldEmail, toOld.NewEmail, toOld.Occasion.Ip));
    }

    [Fact]
    public async Task Blocked_domains_taken_names_and_bad_text_are_refused_by_the_field()
    {
        var (user, other) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        await _host.Get<IDomainAdmin>().SetAsync("unwanted.example", "blocked", Operator.CommandLine, Token);

        await RefusesAsync(UserEdit.Email, (UserEdit.Email, "person@mail.unwanted.example"));
        await RefusesAsync(UserEdit.Email, (UserEdit.Email, other.Email.ToUpperInvariant()));
        await RefusesAsync(UserEdit.Email, (UserEdit.Email, null));
        await RefusesAsync(UserEdit.UserName, (UserEdit.UserName, other.UserName!.ToUpperInvariant()));
        await RefusesAsync(UserEdit.UserName, (UserEdit.UserName, "root"));
        await RefusesAsync(PreferenceNames.Visibility, (PreferenceNames.Visibility, "everybody"));
        Assert.Equal(user.Email, (await Users.FindAsync($"{user.Id}", Token))!.Email);

        async Task RefusesAsync(string field, (string, string?) change) =>
            Assert.Equal(field, Assert.Single(Assert.IsType<AdminOutcome.Refused>(await EditAsync(user, Operator.CommandLine, change)).Errors).Field);
    }

    [Fact]
    public async Task Nobody_changes_their_own_address_past_its_confirmation()
    {
        var admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);

        Assert.IsType<AdminOutcome.Refused>(await EditAsync(admin, await _host.OperatorAsync(admin), (UserEdit.Email, $"own-{admin.Id}@example.org")));
        Assert.IsType<AdminOutcome.Done>(await EditAsync(admin, await _host.OperatorAsync(admin), (FullName, "My Name")));
    }

    [Fact]
    public async Task Who_changes_an_address_proves_who_they_are_first()
    {
        var (by, user) = (await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator)), await _host.CreateUserAsync());
        _host.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await EditAsync(user, by, (UserEdit.Email, $"later-{user.Id}@example.org")));
        Assert.IsType<AdminOutcome.Done>(await EditAsync(user, by, (FullName, "A Name")));
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task The_address_of_another_administrator_takes_a_reason_which_is_kept()
    {
        var other = await _host.CreateUserAsync(roles: "admin");
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: "admin"));
        var edit = new UserEdit(new Dictionary<string, string?> { [UserEdit.Email] = $"moved-{other.Id}@example.org" });

        Assert.Equal("Reason", Assert.Single(Assert.IsType<AdminOutcome.Refused>(await Users.EditAsync(other.Email, edit, by, Token)).Errors).Field);
        Assert.IsType<AdminOutcome.Done>(await Users.EditAsync(other.Email, edit with { Reason = "Left the mail provider" }, by, Token));

        var entry = await _host.QueryAsync(context => context.AuditEvents.AsNoTracking().SingleAsync(row => row.Kind == "email-changed" && row.SubjectId == other.Id, Token));
        Assert.Contains("Left the mail provider", entry.Details, StringComparison.Ordinal);
        Assert.Single((await _host.PromisedAsync(other.Email)).OfType<AccountMail.EmailChanged>());
    }

    [Fact]
    public async Task Sent_again_the_letter_to_the_new_address_is_the_same()
    {
        var user = await _host.CreateUserAsync();
        var email = $"replaced-{user.Id}@example.org";
        await EditAsync(user, Operator.CommandLine, (UserEdit.Email, email));

        await _host.Get<IRegistrationService>().ResendAsync(email, null, Token);

        var letters = (await _host.PromisedAsync(email)).OfType<AccountMail.ConfirmEmail>().ToList();
        Assert.Equal([(true, null), (true, null)], letters.Select(mail => (mail.IsReplacement, mail.Occasion)));
    }

    private Task<AdminOutcome> EditAsync(TestUser user, Operator by, params (string Name, string? Value)[] changes) =>
        Users.EditAsync($"{user.Id}", new UserEdit(changes.ToDictionary(change => change.Name, change => change.Value)), by, Token);
}

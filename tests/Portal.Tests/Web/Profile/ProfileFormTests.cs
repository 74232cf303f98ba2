using Portal.Accounts.Profiles;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class ProfileFormTests
{
    private const string Name = "profile.full_name";
    private const string Work = "profile.affiliations";

    [Fact]
    public void Only_what_was_touched_is_sent_with_what_it_was()
    {
        var form = new ProfileForm(Info("Ada", null));
        Assert.False(form.IsDirty);

        form[Name] = "Augusta";
        form[Work] = "CERN";
        form[Work] = "";

        Assert.True(form.IsDirty);
        Assert.Equal(new Dictionary<string, string?> { [Name] = "Augusta" }, form.Edit.Changes);
        Assert.Equal("Ada", form.Edit.Before![Name]);
    }

    [Fact]
    public void A_field_that_is_none_is_not_taken()
    {
        var form = new ProfileForm(Info("Ada", null));

        form["profile.shoe_size"] = "44";

        Assert.False(form.IsDirty);
        Assert.Null(form["profile.shoe_size"]);
    }

    [Fact]
    public void What_others_save_shows_in_fields_nobody_touched_and_in_no_other()
    {
        var form = new ProfileForm(Info("Ada", "Home"));
        form[Name] = "Augusta";

        form.Hear(Info("Grace", "CERN"));

        Assert.Equal(("Augusta", "CERN"), (form[Name], form[Work]));
        Assert.Equal(new Dictionary<string, string?> { [Name] = "Augusta" }, form.Edit.Changes);
        // So that saving it is told of "Grace".
        Assert.Equal("Ada", form.Edit.Before![Name]);
    }

    [Fact]
    public void Who_typed_what_others_saved_has_nothing_left_to_save()
    {
        var form = new ProfileForm(Info("Ada", null));
        form[Name] = "Grace";

        form.Hear(Info("Grace", null));

        Assert.False(form.IsDirty);
    }

    [Fact]
    public void What_is_typed_while_saving_stays_unsaved()
    {
        var form = new ProfileForm(Info("Ada", null));
        form[Name] = " Grace ";
        var edit = form.Edit;
        form[Work] = "Navy";
        form.Saved(edit, Info("Grace", null));

        Assert.Equal(("Grace", "Navy"), (form[Name], form[Work]));
        Assert.Equal(new Dictionary<string, string?> { [Work] = "Navy" }, form.Edit.Changes);
    }

    [Fact]
    public void Once_told_one_may_go_over_it_or_take_it()
    {
        var form = new ProfileForm(Info("Ada", "Home"));
        (form[Name], form[Work]) = ("Augusta", "Abroad");

        form.Told(new ProfileOutcome.Conflict(Info("Grace", null), [new(Name, "Grace", "Augusta"), new(Work, null, "Abroad")]));

        Assert.Equal(("Augusta", "Abroad"), (form[Name], form[Work]));
        Assert.Equal(("Grace", null), (form.Edit.Before![Name], form.Edit.Before[Work]));
        form.TakeTheirs(Work);
        Assert.Equal([Name], form.Theirs.Keys);
        Assert.Equal(new Dictionary<string, string?> { [Name] = "Augusta" }, form.Edit.Changes);
        form.Discard();
        Assert.Equal(("Grace", false, 0), (form[Name], form.IsDirty, form.Theirs.Count));
    }

    [Fact]
    public void A_draft_holds_what_would_be_lost_and_comes_back_as_it_was()
    {
        var form = new ProfileForm(Info("Ada", "Home"));
        Assert.Null(form.DraftFor("session", "profile"));
        form[Name] = "Augusta";
        var draft = form.DraftFor("session", "profile")!;
        Assert.Equal(new Dictionary<string, string?> { [Name] = "Augusta" }, draft.Values);

        var later = new ProfileForm(Info("Grace", "CERN"));

        Assert.True(later.Restore(draft));
        Assert.Equal(("Augusta", "CERN", "Ada"), (later[Name], later[Work], later.Edit.Before![Name]));
        Assert.False(new ProfileForm(Info("Augusta", null)).Restore(draft));
    }

    private static ProfileInfo Info(string? name, string? work) =>
        new(1, "ada@example.org", "ada", new Dictionary<string, string?> { [Name] = name, [Work] = work }, null, "v");
}

using Bunit;

namespace Portal.Tests.Web.Controls;

public sealed class FormControlsTests : BunitContext
{
    [Fact]
    public void A_field_posts_under_the_name_of_its_property_and_is_labelled()
    {
        var form = Render<TrialForm>();

        var input = form.Find("[name='Input.Login']");
        Assert.Equal("Email or username", form.Find($"label[for='{input.Id}']").TextContent);
        Assert.Equal("username webauthn", input.GetAttribute("autocomplete"));
        Assert.Equal("email", input.GetAttribute("inputmode"));
        Assert.Equal("254", input.GetAttribute("maxlength"));
    }

    [Fact]
    public void Names_and_passwords_are_neither_capitalised_nor_corrected()
    {
        var form = Render<TrialForm>();

        Assert.All(form.FindAll("[name='Input.Login'], [name='Input.Password']"), input =>
        {
            Assert.Equal("none", input.GetAttribute("autocapitalize"));
            Assert.Equal("false", input.GetAttribute("spellcheck"));
        });
    }

    [Fact]
    [Trait("ASVS", "6.2.6")]
    public void A_password_is_masked_with_a_labelled_reveal_that_waits_for_script()
    {
        var form = Render<TrialForm>();

        var input = form.Find("[name='Input.Password']");
        var reveal = form.Find($"button[aria-controls='{input.Id}']");
        Assert.Equal("password", input.GetAttribute("type"));
        Assert.Equal("button", reveal.GetAttribute("type"));
        Assert.Equal("false", reveal.GetAttribute("aria-pressed"));
        Assert.True(reveal.HasAttribute("hidden"));
        Assert.Equal("Show what is typed", reveal.TextContent.Trim());
    }

    [Fact]
    public void A_password_is_never_written_back_but_a_name_is()
    {
        var form = Render<TrialForm>(parameters => parameters.Add(f => f.Input, new TrialInput { Login = "ana", Password = "correct horse battery" }));

        Assert.Equal("ana", form.Find("[name='Input.Login']").GetAttribute("value"));
        Assert.False(form.Find("[name='Input.Password']").HasAttribute("value"));
        Assert.DoesNotContain("correct horse", form.Markup);
    }

    [Fact]
    [Trait("ASVS", "6.2.7")]
    public void Nothing_hinders_pasting_or_password_managers()
    {
        var form = Render<TrialForm>();

        Assert.DoesNotContain("onpaste", form.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("new-password", form.Find("[name='Input.Password']").GetAttribute("autocomplete"));
        Assert.Equal("minlength: 15;", form.Find("[name='Input.Password']").GetAttribute("passwordrules"));
    }

    [Fact]
    public void A_hint_describes_its_field()
    {
        var form = Render<TrialForm>();

        var input = form.Find("[name='Input.Password']");
        Assert.Equal("At least 15 characters.", form.Find($"#{input.GetAttribute("aria-describedby")}").TextContent);
    }

    [Fact]
    public void A_refused_form_names_each_error_beside_its_field_and_in_a_linked_summary()
    {
        var form = Render<TrialForm>();

        form.Find("form").Submit();

        var input = form.Find("[name='Input.Password']");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("Input_Password-error Input_Password-hint", input.GetAttribute("aria-describedby"));
        Assert.Equal("Enter your password.", form.Find("#Input_Password-error").TextContent.Trim());

        var summary = form.Find("[role=alert]");
        Assert.True(summary.HasAttribute("autofocus"));
        Assert.Equal("-1", summary.GetAttribute("tabindex"));
        Assert.Contains("Please check 2 things:", summary.TextContent);
        Assert.Equal(["/#Input_Login", "/#Input_Password"], summary.QuerySelectorAll("a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public void Until_a_form_is_sent_what_is_wrong_with_a_field_that_is_left_is_told_beside_it_alone()
    {
        var form = Render<TrialForm>();

        form.Find("[name='Input.Login']").Change("");
        Assert.Equal("Enter your email or username.", form.Find("#Input_Login-error").TextContent.Trim());
        Assert.Empty(form.FindAll("[role=alert]"));

        form.Find("form").Submit();
        form.Find("[name='Input.Login']").Change("ana");
        Assert.Equal("Enter your password.", form.Find("[role=alert]").TextContent.Trim());
    }

    [Fact]
    public void A_single_refusal_is_said_plainly()
    {
        var form = Render<TrialForm>(parameters => parameters.Add(f => f.Errors, ["That pair does not match."]));

        Assert.Equal("That pair does not match.", form.Find("[role=alert]").TextContent.Trim());
        Assert.Empty(form.FindAll("[role=alert] li"));
    }

    [Fact]
    public void Nothing_wrong_shows_no_summary() => Assert.Empty(Render<TrialForm>().FindAll("[role=alert]"));

    [Fact]
    public void A_checkbox_posts_words_that_bind()
    {
        var form = Render<TrialForm>();

        var inputs = form.FindAll("[name='Input.RememberMe']");
        Assert.Equal(["checkbox", "hidden"], inputs.Select(input => input.GetAttribute("type")));
        Assert.Equal(["true", "false"], inputs.Select(input => input.GetAttribute("value")));
        Assert.False(inputs[0].HasAttribute("checked"));
    }

    [Fact]
    public void The_honeypot_is_out_of_sight_reach_and_mind()
    {
        var trap = Render<TrialForm>().Find("[name='Input.Website']");

        Assert.Equal("-1", trap.GetAttribute("tabindex"));
        Assert.Equal("nope", trap.GetAttribute("autocomplete"));
        Assert.Equal("true", trap.ParentElement!.GetAttribute("aria-hidden"));
    }
}

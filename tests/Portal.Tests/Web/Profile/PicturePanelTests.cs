using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class PicturePanelTests : IAsyncLifetime
{
    private readonly BunitContext context = new();
    private readonly FakeProfiles profiles = new();

    public ValueTask InitializeAsync()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddSingleton<IPictureService>(profiles);
        context.AddAuthorization().SetAuthorized("ada").SetClaims(new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(SessionClaims.SessionIdType, "current"));
        context.SetRendererInfo(new RendererInfo("Server", true));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void Without_a_picture_initials_stand_for_the_person()
    {
        var panel = context.Render<PicturePanel>(with => with.Add(p => p.Name, "Ada King Lovelace"));

        Assert.Equal("AL", panel.Find(".avatar").TextContent.Trim());
        Assert.Equal("img", panel.Find(".avatar").GetAttribute("role"));
        Assert.Contains("Choose a picture", panel.Find("label.button").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Remove it");
    }

    [Fact]
    public void A_chosen_file_is_handed_on_whole_and_said_to_be_saved()
    {
        byte[]? received = null;
        profiles.AnswerPicture = file =>
        {
            using var memory = new MemoryStream();
            file.CopyTo(memory);
            received = memory.ToArray();
            return new PictureOutcome.Saved("v1");
        };
        var changed = 0;
        var panel = context.Render<PicturePanel>(with => with.Add(p => p.Changed, () => changed++));

        panel.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[200_000], "me.png"));

        panel.WaitForAssertion(() => Assert.Equal("Your picture is saved.", panel.Find("[role=status]").TextContent));
        Assert.Equal((200_000, 1), (received?.Length, changed));
    }

    [Fact]
    public void A_refusal_is_said_and_describes_the_button()
    {
        profiles.AnswerPicture = _ => new PictureOutcome.Refused("This file is no picture.");
        var panel = context.Render<PicturePanel>(with => with.Add(p => p.Version, "v0"));

        panel.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("<svg/>", "me.png"));

        panel.WaitForAssertion(() => Assert.Equal("This file is no picture.", panel.Find("[role=alert]").TextContent));
        Assert.StartsWith(panel.Find("[role=alert]").Id!, panel.Find("input[type=file]").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("/account/picture/v0", panel.Find("img").GetAttribute("src"));
    }

    [Fact]
    public void Too_many_pictures_are_told_with_how_long_to_wait_and_the_present_one_stays()
    {
        profiles.AnswerPicture = _ => new PictureOutcome.Throttled(TimeSpan.FromMinutes(12));
        var panel = context.Render<PicturePanel>(with => with.Add(p => p.Version, "v0"));

        panel.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[100], "me.png"));

        panel.WaitForAssertion(() => Assert.Equal("You changed your picture too often lately. Try again in 12 minutes.", panel.Find("[role=alert]").TextContent));
        Assert.Equal(("/account/picture/v0", ""), (panel.Find("img").GetAttribute("src"), panel.Find("[role=status]").TextContent));
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_even_read()
    {
        profiles.AnswerPicture = _ => throw new InvalidOperationException("It was read.");
        var panel = context.Render<PicturePanel>();

        panel.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(new byte[IPictureService.MaxBytes + 1], "me.png"));

        panel.WaitForAssertion(() => Assert.Contains("larger than 5 MB", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_picture_can_be_removed()
    {
        profiles.Picture = "v0";
        var panel = context.Render<PicturePanel>(with => with.Add(p => p.Version, "v0"));

        await panel.FindAll("button").Single(button => button.TextContent == "Remove it").ClickAsync();

        Assert.Null(profiles.Picture);
        Assert.Equal("Your picture is removed.", panel.Find("[role=status]").TextContent);
    }
}

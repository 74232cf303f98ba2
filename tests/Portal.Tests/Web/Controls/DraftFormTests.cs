using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class DraftFormTests : IAsyncDisposable
{
    private readonly BunitContext context = new();
    private readonly EditDraft form = new("name", "kind", "flag");

    public DraftFormTests()
    {
        context.AddAuthorization().SetAuthorized("ada").SetClaims(new Claim(SessionClaims.SessionIdType, "current"));
        context.SetRendererInfo(new RendererInfo("Server", true));
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task It_counts_what_its_fields_told_so_that_the_pages_script_knows_what_was_heard()
    {
        var shown = Render();
        Assert.Equal(("live", "current", "thing 1", "0"), (At("data-draft"), At("data-owner"), At("data-form"), At("data-heard")));

        await shown.Find("#name").InputAsync("Ada");
        await shown.Find("#kind").ChangeAsync("b");
        await shown.Find("#flag").ChangeAsync(new ChangeEventArgs { Value = true });

        Assert.Equal("3", At("data-heard"));
        Assert.Equal(new Dictionary<string, string?> { ["name"] = "Ada", ["kind"] = "b", ["flag"] = "true" }, shown.Instance.Draft!.Values);

        string? At(string name) => shown.Find("form").GetAttribute(name);
    }

    [Theory]
    [InlineData("current", "thing 1", true)]
    [InlineData("another", "thing 1", false)]
    [InlineData("current", "thing 2", false)]
    [Trait("ASVS", "8.2.2")]
    public async Task A_draft_comes_back_to_the_same_session_and_the_same_thing_alone(string session, string subject, bool comes)
    {
        var shown = Render();
        Assert.Null(shown.Instance.Draft);

        await shown.Find("#name").InputAsync("Ada");

        Assert.Equal(comes, shown.Instance.Draft!.IsFor(session, subject));
    }

    private IRenderedComponent<DraftForm> Render() => context.Render<DraftForm>(parameters => Fill(parameters));

    private ComponentParameterCollectionBuilder<DraftForm> Fill(ComponentParameterCollectionBuilder<DraftForm> parameters) => parameters
        .Add(draft => draft.Subject, "thing 1")
        .Add(draft => draft.Form, form)
        .AddChildContent<LiveField>(field => field.Add(x => x.Name, "name").Add(x => x.Value, form["name"]).Add(x => x.ValueChanged, value => form["name"] = value))
        .AddChildContent<LiveSelect>(field => field.Add(x => x.Name, "kind").Add(x => x.Options, [new("a", "A"), new("b", "B")]).Add(x => x.ValueChanged, value => form["kind"] = value))
        .AddChildContent<LiveCheck>(field => field.Add(x => x.Name, "flag").Add(x => x.ValueChanged, value => form["flag"] = value));
}

using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class LivePageTests : IAsyncLifetime
{
    private readonly BunitContext context = new();
    private readonly CircuitSession circuit = new();

    private BunitNavigationManager Navigation => context.Services.GetRequiredService<BunitNavigationManager>();

    public ValueTask InitializeAsync()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddSingleton<ICircuitSession>(circuit);
        context.Services.AddSingleton(TimeProvider.System);
        context.AddAuthorization().SetAuthorized("person").SetClaims(new Claim(SessionClaims.SessionIdType, "session"));
        context.SetRendererInfo(new RendererInfo("Server", true));
        circuit.Open("circuit", new SessionLife("session", 1), DateTimeOffset.UnixEpoch);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void The_end_of_the_session_takes_the_content_away_and_leads_to_the_reason()
    {
        var page = Render();

        circuit.End(SessionEndReason.Revoked);

        page.WaitForAssertion(() => Assert.DoesNotContain("private words", page.Markup, StringComparison.Ordinal));
        Assert.Contains("You are signed out.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(("/signed-out?reason=revoked", true), LedTo());
    }

    [Fact]
    public void A_page_that_knows_more_of_the_end_says_where_to_go()
    {
        Render(reason => $"/signed-out?reason={reason}&more=true");

        circuit.End(SessionEndReason.Deactivated);

        Assert.Equal(("/signed-out?reason=Deactivated&more=true", true), LedTo());
    }

    [Fact]
    [Trait("ASVS", "8.2.4")]
    public void A_tab_that_is_somebody_elses_now_shows_nothing_and_is_asked_for_anew()
    {
        var page = Render();
        Navigation.NavigateTo("/account/sessions?a=1");

        circuit.TakeOver();

        page.WaitForAssertion(() => Assert.DoesNotContain("private words", page.Markup, StringComparison.Ordinal));
        Assert.Contains("This page has ended.", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("signed out", page.Markup, StringComparison.Ordinal);
        Assert.Equal(("/account/sessions?a=1", true), LedTo());
    }

    [Fact]
    public async Task A_fault_takes_the_content_away_says_so_and_leaves_the_page_alive()
    {
        var page = RenderFaulty();

        await page.Find("#fails").ClickAsync();

        Assert.Contains("That did not work.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Table 42", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#fails"));

        await page.FindAll("button").Single(button => button.TextContent == "Try again").ClickAsync();
        Assert.NotNull(page.Find("#fails"));
        Assert.Empty(page.FindAll("[role=alert]"));
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_page_that_shows_a_fault_still_leaves_when_its_session_ends()
    {
        var page = RenderFaulty();
        await page.Find("#fails").ClickAsync();

        circuit.End(SessionEndReason.Revoked);

        page.WaitForAssertion(() => Assert.Contains("You are signed out.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(("/signed-out?reason=revoked", true), LedTo());
    }

    [Fact]
    public void A_fault_before_there_is_a_circuit_is_the_answers()
    {
        context.SetRendererInfo(new RendererInfo("Static", false));

        Assert.Throws<InvalidOperationException>(() => RenderFaulty(atOnce: true));
    }

    private (string Path, bool IsLoaded) LedTo() => Navigation.History.First() is var last
        ? (new Uri(new Uri(Navigation.BaseUri), last.Uri).PathAndQuery, last.Options.ForceLoad)
        : default;

    private IRenderedComponent<LivePage> RenderFaulty(bool atOnce = false) =>
        context.Render<LivePage>(parameters => parameters.AddChildContent<Faulty>(faulty => faulty.Add(shown => shown.AtOnce, atOnce)));

    private IRenderedComponent<LivePage> Render(Func<SessionEndReason, string>? farewellFor = null)
    {
        var page = context.Render<LivePage>(parameters => parameters.Add(shown => shown.FarewellFor, farewellFor).AddChildContent("<p>private words</p>"));
        Assert.Contains("private words", page.Markup, StringComparison.Ordinal);
        return page;
    }

    private sealed class Faulty : ComponentBase
    {
        [Parameter] public bool AtOnce { get; set; }

        protected override void OnInitialized()
        {
            if (AtOnce)
            {
                Fail();
            }
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "id", "fails");
            builder.AddAttribute(2, "onclick", EventCallback.Factory.Create(this, Fail));
            builder.CloseElement();
        }

        private static void Fail() => throw new InvalidOperationException("Table 42 is locked.");
    }
}

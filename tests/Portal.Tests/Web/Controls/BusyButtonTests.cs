using Bunit;
using Microsoft.AspNetCore.Components;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class BusyButtonTests : IAsyncDisposable
{
    private readonly BunitContext context = new();
    private readonly TaskCompletionSource over = new();
    private int calls;

    public BusyButtonTests() => context.SetRendererInfo(new RendererInfo("Server", true));

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public async Task While_its_call_is_under_way_it_says_so_and_takes_no_second_press()
    {
        var button = Render(_ => CountAsync());
        Assert.Equal(("Save", null, "Save it all"), Look(button));

        var pressed = button.Find("button").ClickAsync();
        button.WaitForAssertion(() => Assert.Equal((("Saving…", "true", null), 1), (Look(button), calls)));
        var again = button.Find("button").ClickAsync();
        Assert.Equal(1, calls);

        over.SetResult();
        await Task.WhenAll(pressed, again);
        Assert.Equal(("Save", null, "Save it all"), Look(button));
        await button.Find("button").ClickAsync();
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task While_the_person_is_asked_something_it_is_not_at_work_and_still_takes_no_second_press()
    {
        var answer = new TaskCompletionSource<bool>();
        var button = Render(async call =>
        {
            calls++;
            await call.AskAsync(answer.Task);
            await over.Task;
        });

        var pressed = button.Find("button").ClickAsync();
        button.WaitForAssertion(() => Assert.Equal((("Save", null, "Save it all"), 1), (Look(button), calls)));
        var again = button.Find("button").ClickAsync();
        Assert.Equal(1, calls);

        answer.SetResult(true);
        button.WaitForAssertion(() => Assert.Equal(("Saving…", "true", null), Look(button)));
        over.SetResult();
        await Task.WhenAll(pressed, again);
    }

    [Fact]
    public async Task A_call_that_fails_leaves_the_page_as_it_was_and_says_so_but_not_why()
    {
        var faults = new Queue<Exception>([new InvalidOperationException("Table 42 is locked.")]);
        var button = Render(_ => faults.TryDequeue(out var fault) ? throw fault : CountAsync());

        await button.Find("button").ClickAsync();

        Assert.Equal(("Save", null, "Save it all"), Look(button));
        Assert.Equal("That did not work. Try again.", button.Find("[role=alert]").TextContent);
        Assert.DoesNotContain("Table 42", button.Markup, StringComparison.Ordinal);

        over.SetResult();
        await button.Find("button").ClickAsync();
        Assert.Equal(1, calls);
        Assert.Empty(button.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task It_says_so_before_a_call_that_keeps_the_thread_as_SQLite_does_while_it_waits_for_its_file()
    {
        (string Words, string? IsBusy, string? Label)? seen = null;
        IRenderedComponent<BusyButton> button = null!;
        button = Render(_ =>
        {
            seen = Look(button);
            return Task.CompletedTask;
        });

        await button.Find("button").ClickAsync();

        Assert.Equal(("Saving…", "true", null), seen);
    }

    [Fact]
    public async Task What_was_taken_back_is_no_fault()
    {
        var button = Render(_ => throw new OperationCanceledException());

        await button.Find("button").ClickAsync();

        Assert.Empty(button.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_button_that_sends_a_form_tells_of_the_forms_call()
    {
        var call = new BusyCall();
        var button = context.Render<BusyButton>(parameters => parameters.Add(p => p.Busy, "Saving…").Add(p => p.Call, call).AddChildContent("Save"));
        Assert.Equal("submit", button.Find("button").GetAttribute("type"));

        var running = button.InvokeAsync(() => call.RunAsync(CountAsync));
        Assert.Equal(("Saving…", "true", null), Look(button));
        over.SetResult();
        await running;

        Assert.Equal(("Save", null, null), Look(button));
    }

    [Fact]
    public void Without_a_circuit_it_sleeps()
    {
        context.SetRendererInfo(new RendererInfo("Static", false));

        Assert.True(Render(_ => CountAsync()).Find("button").HasAttribute("disabled"));
    }

    private static (string Words, string? Disabled, string? Label) Look(IRenderedComponent<BusyButton> button)
    {
        var found = button.Find("button");
        return (found.TextContent, found.GetAttribute("aria-disabled"), found.GetAttribute("aria-label"));
    }

    private Task CountAsync()
    {
        calls++;
        return over.Task;
    }

    private IRenderedComponent<BusyButton> Render(Func<BusyCall, Task> press) => context.Render<BusyButton>(parameters => parameters
        .Add(p => p.Busy, "Saving…").Add(p => p.Label, "Save it all").Add(p => p.OnPress, press).AddChildContent("Save"));
}

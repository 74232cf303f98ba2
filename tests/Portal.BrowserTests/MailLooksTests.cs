namespace Portal.BrowserTests;

public sealed class MailLooksTests(BrowserAndPortal shared) : MailVisits(shared)
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Axe_finds_nothing_in_a_letter(string kind) =>
        // A letter is shown inside a mail program, whose landmarks are around it.
        await Accessibility.FindsNothingAsync(await OpenAsync(kind, "de"), "landmark-one-main", "region");

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_phone_scrolls_no_letter_sideways(string language)
    {
        var tab = await (await NewProfileAsync(configure: options => options.ViewportSize = new() { Width = Accessibility.Phone, Height = 740 })).NewPageAsync();
        foreach (var kind in Kinds.Select(kind => kind.Data))
        {
            await ShowAsync(tab, kind, language);
            var widths = await tab.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
            Assert.True(widths[0] <= widths[1], $"{kind} is {widths[0]} px wide on a phone of {widths[1]} px.");
        }
    }
}

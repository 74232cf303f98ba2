using System.Globalization;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>Pictures of every letter, made as <see cref="PicturesTests"/> makes those of pages, in a folder <c>mails</c> below theirs.</summary>
public sealed class MailPicturesTests(BrowserAndPortal shared) : MailVisits(shared)
{
    [PictureTheory]
    [MemberData(nameof(Languages))]
    public async Task Every_letter_on_a_phone_and_a_desktop_light_and_dark(string language)
    {
        foreach (var kind in Kinds.Select(kind => kind.Data))
        {
            var tab = await OpenAsync(kind, language);
            foreach (var width in (int[])[Accessibility.Phone, Accessibility.Desktop])
            {
                await tab.SetViewportSizeAsync(width, 800);
                foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                {
                    await tab.EmulateMediaAsync(new() { ColorScheme = scheme });
                    var file = string.Create(CultureInfo.InvariantCulture, $"{kind}-{language}-{width}-{scheme.ToString().ToLowerInvariant()}.png");
                    await tab.ScreenshotAsync(new() { Path = Path.Combine(PicturesTests.Folder!, "mails", file), FullPage = true });
                }
            }
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Portal.Shell;

/// <summary>
/// The style sheets made from <see cref="PortalTheme"/>: the portal's own properties for every page, MudBlazor's for
/// interactive ones. Made once, at the first request for them; the system's wish decides between light and dark
/// unless the document says <c>data-theme</c>, so there is nothing to switch after loading, hence no flash.
/// </summary>
internal sealed class ThemeStyles(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    private readonly Lazy<Task<Sheet>> _mud = new(() => RenderMudAsync(scopes, loggers));

    /// <summary>The portal's own properties, <c>--portal-*</c>.</summary>
    public static Sheet Portal { get; } = new(Scoped(Properties(PortalTheme.Light, "light") + Constants(), Properties(PortalTheme.Dark, "dark")));

    /// <summary>What MudThemeProvider would write into the page, for both appearances.</summary>
    public Task<Sheet> MudAsync() => _mud.Value;

    private static string Scoped(string light, string dark) =>
        $":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n:root[data-theme=dark]{{{dark}}}\n";

    private static string Properties(PortalPalette palette, string scheme)
    {
        var colours = typeof(PortalPalette).GetProperties()
            .Where(property => property.PropertyType == typeof(string))
            .Select(property => $"--portal-{Kebab(property.Name)}:{property.GetValue(palette)};");
        return $"color-scheme:{scheme};{string.Concat(colours)}";
    }

    private static string Constants() =>
        $"--portal-radius:{PortalTheme.Radius};--portal-font:{Fonts(PortalTheme.TextFonts)};--portal-font-heading:{Fonts(PortalTheme.HeadingFonts)};";

    private static string Fonts(IEnumerable<string> fonts) =>
        string.Join(',', fonts.Select(font => font.Contains(' ') ? $"\"{font}\"" : font));

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static async Task<Sheet> RenderMudAsync(IServiceScopeFactory scopes, ILoggerFactory loggers)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var light = await DeclarationsAsync(renderer, dark: false);
        var dark = await DeclarationsAsync(renderer, dark: true);
        // Radii, type and layers are the same in both: only what differs is said twice.
        return new Sheet(Scoped(string.Concat(light), string.Concat(dark.Except(light))));
    }

    private static Task<IReadOnlyList<string>> DeclarationsAsync(HtmlRenderer renderer, bool dark) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = PortalTheme.Mud,
            [nameof(MudThemeProvider.IsDarkMode)] = dark,
            [nameof(MudThemeProvider.ObserveSystemDarkModeChange)] = false,
        });
        var html = (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString();
        return Declarations(html);
    });

    /// <summary>Each declaration of the <c>:root</c> rule, with its semicolon.</summary>
    private static IReadOnlyList<string> Declarations(string html)
    {
        var start = html.IndexOf(":root", StringComparison.Ordinal);
        var open = html.IndexOf('{', Math.Max(start, 0));
        var close = html.IndexOf('}', Math.Max(open, 0));
        if (start < 0 || open < 0 || close < 0)
        {
            throw new InvalidOperationException("MudThemeProvider no longer writes its properties into one :root rule.");
        }

        var body = html[(open + 1)..close];
        return [.. body.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(declaration => declaration + ";")];
    }

    /// <summary>A style sheet and the version by which browsers may keep it for ever.</summary>
    internal sealed class Sheet(string text)
    {
        public string Text { get; } = text;

        public string Version { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }
}

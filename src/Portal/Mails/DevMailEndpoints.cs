using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;
using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>The mails of the pick-up folder as a page, so that a developer can follow their links. Development only: elsewhere it is not there at all.</summary>
internal static class DevMailEndpoints
{
    private const int MaxMails = 50;

    public static void MapDevMail(this IEndpointRouteBuilder endpoints)
    {
        if (!endpoints.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var group = endpoints.MapGroup("/dev/mail").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("", List);
        group.MapGet("/{file}/html", Html);
    }

    private static async Task<RazorComponentResult> List(IPickupFolder folder, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
        List<DevMail> mails = [];
        foreach (var path in Files(folder).OrderByDescending(Path.GetFileName, StringComparer.Ordinal).Take(MaxMails))
        {
            if (await ReadAsync(path, http.RequestAborted) is { } message)
            {
                mails.Add(new DevMail(Path.GetFileName(path), message));
            }
        }

        return new RazorComponentResult<DevMailPage>(new { Mails = mails, Folder = folder.Path });
    }

    private static async Task<Results<ContentHttpResult, NotFound>> Html(string file, IPickupFolder folder, HttpContext http)
    {
        // Looked up among what is there, so a name cannot lead elsewhere.
        var path = Files(folder).FirstOrDefault(path => Path.GetFileName(path) == file);
        if (path is null || await ReadAsync(path, http.RequestAborted) is not { HtmlBody: { } html })
        {
            return TypedResults.NotFound();
        }

        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; "
            + "sandbox allow-popups allow-top-navigation-by-user-activation";
        // Links leave the frame.
        return TypedResults.Content(html.Replace("<head>", "<head><base target=\"_top\">", StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    private static IEnumerable<string> Files(IPickupFolder folder) =>
        Directory.Exists(folder.Path) ? Directory.EnumerateFiles(folder.Path, "*.eml") : [];

    private static async Task<MimeMessage?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await MimeMessage.LoadAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is FormatException or IOException)
        {
            // Somebody else's file, or one just taken away.
            return null;
        }
    }
}

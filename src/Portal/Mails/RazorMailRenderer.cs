using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Mail;

namespace Portal.Mails;

/// <summary>Writes mails: the words as text, and through Razor as HTML.</summary>
internal sealed class RazorMailRenderer(IServiceScopeFactory scopes, ILoggerFactory loggers, IOptions<PortalOptions> portal) : IMailRenderer
{
    public async Task<RenderedMail> RenderAsync(AccountMail mail, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var site = portal.Value.SiteName;
        var letter = Letters.For(mail, site);
        // One scope and one renderer a mail: the framework's parts are scoped, and a renderer keeps every component it
        // ever rendered until it is disposed.
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MailLayout.Letter)] = letter,
                [nameof(MailLayout.SiteName)] = site,
            });
            return (await renderer.RenderComponentAsync<MailLayout>(parameters)).ToHtmlString();
        });
        return new RenderedMail(letter.Subject, LetterText.Write(letter, site), html);
    }
}

using Portal.Accounts.Mail;

namespace Portal.Tests.Accounts.Mail;

internal sealed class FakeMailRenderer : IMailRenderer
{
    public Task<RenderedMail> RenderAsync(AccountMail mail, CancellationToken cancellationToken)
    {
        var url = Assert.IsType<AccountMail.ConfirmEmail>(mail).Url;
        return Task.FromResult(new RenderedMail($"Bestätigen: {mail.Name}", $"Grüße\n{url}\n.\n..\nEnde\n", $"<p>Grüße <a href=\"{url}\">hier</a></p>"));
    }
}

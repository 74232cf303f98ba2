namespace Portal.Accounts.Mail;

/// <summary>Puts a mail into words. The library holds no Razor, so the application implements it.</summary>
public interface IMailRenderer
{
    /// <summary>The subject and both bodies of a mail. Called once per attempt to send, never on a circuit.</summary>
    /// <param name="mail">What it is about. Names and addresses in it are other people's text.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="NotSupportedException">The kind is unknown here; the mail is tried again later.</exception>
    Task<RenderedMail> RenderAsync(AccountMail mail, CancellationToken cancellationToken);
}
